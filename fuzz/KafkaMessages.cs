using System.Collections;
using System.Reflection;
using Teralog.Protocol.Kafka.Messages;
using Teralog.Records.Wire;

namespace Teralog.Fuzz;

/// <summary>The request classes that the schema generator made, found by reflection.</summary>
internal static class KafkaMessages
{
    private const int ElementsMax = 3;

    /// <summary>Every request by API key.</summary>
    public static readonly IReadOnlyDictionary<short, Type> Requests = FindRequests();

    /// <summary>A static fact of a request, as VersionMin.</summary>
    public static short Fact(Type type, string name) =>
        (short)type.GetProperty(name)!.GetValue(null)!;

    /// <summary>Version of the header that a request's version has.</summary>
    public static short HeaderVersion(Type type, short version) =>
        (short)type.GetMethod("HeaderVersion")!.Invoke(null, [version])!;

    /// <summary>An object with random values in every field.</summary>
    public static IWireStruct Make(Type type, Random random)
    {
        var made = (IWireStruct)Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            property.SetValue(made, Value(property.PropertyType, random));
        return made;
    }

    /// <summary>The bytes of an object.</summary>
    public static byte[] Write(IWireStruct value, short version)
    {
        var writer = new WireWriter(stackalloc byte[128]);
        value.Write(ref writer, version);
        var bytes = writer.Written.ToArray();
        writer.Dispose();
        return bytes;
    }

    private static object Value(Type type, Random random)
    {
        if (type.IsAssignableTo(typeof(IWireStruct)))
            return Make(type, random);
        if (type.IsAssignableTo(typeof(IList)) && type.IsGenericType)
            return ListOf(type, random);
        if (type == typeof(byte[]))
            return Bytes(random, random.Next(12));
        if (type == typeof(string))
            return new string((char)random.Next(0x20, 0x3000), random.Next(8));
        if (type == typeof(Guid))
            return new Guid(Bytes(random, 16));
        if (type == typeof(bool))
            return random.Next(2) == 0;
        return type == typeof(double) ? random.NextDouble() : Number(type, random);
    }

    private static object Number(Type type, Random random) => Type.GetTypeCode(type) switch
    {
        TypeCode.SByte => (object)(sbyte)random.Next(),
        TypeCode.Int16 => (short)random.Next(),
        TypeCode.UInt16 => (ushort)random.Next(),
        TypeCode.Int32 => random.Next(int.MinValue, int.MaxValue),
        TypeCode.UInt32 => (uint)random.Next(),
        _ => random.NextInt64(),
    };

    private static IList ListOf(Type type, Random random)
    {
        var list = (IList)Activator.CreateInstance(type)!;
        for (var left = random.Next(ElementsMax + 1); left > 0; left--)
            list.Add(Value(type.GetGenericArguments()[0], random));
        return list;
    }

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static Dictionary<short, Type> FindRequests() => Types()
        .Where(type => type.IsAssignableTo(typeof(IWireMessage))
            && type.Name.EndsWith("Request", StringComparison.Ordinal))
        .ToDictionary(type => Fact(type, "ApiKey"));

    private static IEnumerable<Type> Types() => typeof(RequestHeader).Assembly.GetTypes()
        .Where(type => type.Namespace == typeof(RequestHeader).Namespace && !type.IsNested);
}
