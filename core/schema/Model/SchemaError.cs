namespace Teralog.Schema.Model;

/// <summary>What is wrong with a schema file, and where.</summary>
internal readonly struct SchemaError
{
    public SchemaError(int line, string text)
    {
        Line = line;
        Text = text;
    }

    /// <summary>Line in the file, from 0.</summary>
    public int Line { get; }

    public string Text { get; }
}
