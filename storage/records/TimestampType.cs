namespace Teralog.Records;

/// <summary>Who gave the records of a batch their time: attribute bit 3.</summary>
public enum TimestampType
{
    /// <summary>The producer did.</summary>
    CreateTime = 0,

    /// <summary>The leader did, at append: all records have the batch's max timestamp.</summary>
    LogAppendTime = 1,
}
