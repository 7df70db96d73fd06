namespace Teralog.Interop.Harness;

/// <summary>
/// Says what a test needs. Where it is missing the test is skipped by name; in CI it fails, so
/// that no client is lost silently. Only the shared folder itself may be absent everywhere.
/// </summary>
internal static class Requires
{
    public const string Python = "/usr/bin/python3";

    public static void Kcat() => Program("kcat", "kcat", "-V");

    public static void KafkaPython() =>
        Program("python3-kafka with its codecs", Python, "-c",
            "import kafka, lz4.frame, snappy, zstandard");

    public static void ConfluentPython() =>
        Program("python3-confluent-kafka", Python, "-c", "import confluent_kafka");

    public static void KafkaJs()
    {
        Program("node", "node", "--version");
        var modules = Path.Combine(Paths.Interop, "node", "node_modules", "kafkajs");
        if (!Directory.Exists(modules))
            Missing("kafkajs (run .ci/install)");
    }

    public static void Java()
    {
        if (Paths.Kafka is null)
            Assert.Skip("The shared folder with Kafka's jars is not beside the repository.");
        Program("java", "java", "-version");
    }

    private static readonly Dictionary<string, bool> Known = [];

    private static void Program(string what, string file, params string[] arguments)
    {
        lock (Known)
        {
            if (!Known.TryGetValue(what, out var present))
                Known[what] = present = Command.Exists(file, arguments);
            if (!present)
                Missing(what);
        }
    }

    private static void Missing(string what)
    {
        if (Environment.GetEnvironmentVariable("CI") is "true" or "1")
            Assert.Fail($"{what} is missing: .ci/install should have brought it.");
        Assert.Skip($"{what} is not on this machine (bash .ci/install brings it).");
    }
}
