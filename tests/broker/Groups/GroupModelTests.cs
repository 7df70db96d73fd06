using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Teralog.Broker.Tests.Groups;

/// <summary>Scripted clients, lost answers, crashes and slow writes against one shard.</summary>
public sealed class GroupModelTests
{
    private const int StepsPerRun = 400;

    /// <summary>Runs one seed; FsCheck prints the seed that breaks an invariant.</summary>
    [Property(MaxTest = 400)]
    public Property No_schedule_breaks_the_invariants() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>().Filter(seed => seed != 0), seed =>
        {
            var model = new GroupModel(seed);
            for (var step = 0; step < StepsPerRun; step++)
                model.Step();
            model.Finish();
        });
}
