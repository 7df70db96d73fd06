namespace Teralog.Broker;

/// <summary>Levenshtein's distance, for suggestions.</summary>
internal static class EditDistance
{
    /// <summary>Insertions, deletions and replacements between two texts; any value at or above
    /// the limit where it is not below it.</summary>
    internal static int Between(string left, string right, int limit)
    {
        if (Math.Abs(left.Length - right.Length) >= limit)
            return limit;

        int[] row = new int[right.Length + 1];
        for (int column = 0; column < row.Length; column++)
            row[column] = column;

        for (int line = 1; line <= left.Length; line++)
        {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column < row.Length; column++)
            {
                int replaced = diagonal + (left[line - 1] == right[column - 1] ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.Min(replaced, 1 + Math.Min(row[column], row[column - 1]));
            }
        }

        return row[^1];
    }
}
