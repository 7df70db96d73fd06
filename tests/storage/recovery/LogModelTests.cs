using FsCheck.Xunit;

namespace Teralog.Storage.Tests.Recovery;

/// <summary>Random histories with crashes, against the model.</summary>
public sealed class LogModelTests
{
    [Property(MaxTest = 300)]
    public void A_log_does_what_the_model_does(int seed, (byte Command, byte Argument)[] steps)
    {
        var model = new LogModel(seed);
        foreach ((byte command, byte argument) in steps)
            model.Run(command % 14, argument);

        model.CheckAll();
    }

    [Fact]
    public void A_long_history_ends_as_the_model_does()
    {
        Random random = Seeds.Next();
        for (int history = 0; history < 20; history++)
        {
            var model = new LogModel(random.Next());
            for (int step = 0; step < 150; step++)
                model.Run(random.Next(14), random.Next(256));

            model.CheckAll();
        }
    }
}
