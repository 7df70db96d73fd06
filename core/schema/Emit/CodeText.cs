using System.Text;

namespace Teralog.Schema.Emit;

/// <summary>C# text with braces and indentation.</summary>
internal sealed class CodeText
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public void Line(string line) =>
        _text.Append(' ', 4 * _depth).Append(line).Append('\n');

    public void Open(string line)
    {
        Line(line);
        Line("{");
        _depth++;
    }

    public void Close()
    {
        _depth--;
        Line("}");
    }

    public override string ToString() => _text.ToString();
}
