using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Teralog.Schema.Model;

namespace Teralog.Schema;

/// <summary>
/// Schema text to a message. The grammar is in README.md beside this file. Wrong lines become
/// errors and are left out; parsing goes on, so that all errors of a file come at once.
/// </summary>
internal sealed class SchemaParser
{
    private const int IndentWidth = 2;

    private readonly List<SchemaError> _errors = [];

    // The struct that lines of each depth belong to; null where there is none.
    private readonly List<SchemaStruct?> _owners = [];
    private SchemaMessage? _message;

    public static SchemaMessage? Parse(IReadOnlyList<string> lines, List<SchemaError> errors)
    {
        var parser = new SchemaParser();
        for (var line = 0; line < lines.Count; line++)
            parser.ParseLine(lines[line], line);
        if (parser._message is null)
            parser._errors.Add(new SchemaError(0, "no message: the file needs a first line"));
        else if (parser._errors.Count == 0)
            SchemaResolver.Resolve(parser._message, parser._errors);
        errors.AddRange(parser._errors);
        return parser._errors.Count == 0 ? parser._message : null;
    }

    private void ParseLine(string text, int line)
    {
        var comment = text.IndexOf('#');
        var code = (comment < 0 ? text : text.Substring(0, comment)).TrimEnd();
        var body = code.TrimStart(' ');
        if (body.Length == 0)
            return;
        var indent = code.Length - body.Length;
        if (indent % IndentWidth != 0)
            Error(line, "indent by two spaces a level");
        else if (body.IndexOf(':') < 0)
            ParseHeading(body, indent, line);
        else
            ParseField(body, indent / IndentWidth, line);
    }

    private void ParseHeading(string body, int indent, int line)
    {
        var words = Words(body);
        var isField = _message is not null && words[0] != "struct" && FindKind(words[0]) is null;
        if (indent != 0 || words.Length < 2 || isField)
            Error(line, $"'{body}' is neither a field (Name: type) nor a first line");
        else if (words[0] == "struct" && words.Length == 2 && _message is not null)
            Begin(new SchemaStruct(words[1], line), depth: 1);
        else if (_message is not null)
            Error(line, "a file holds one message");
        else
            ParseMessage(words, line);
    }

    private void ParseMessage(string[] words, int line)
    {
        if (FindKind(words[0]) is not { } kind)
        {
            Error(line, $"'{words[0]}' is no kind of message");
            return;
        }
        _message = new SchemaMessage(kind, words[1], line);
        _owners.Add(_message.Root);
        if (words.Length % 2 != 0)
            Error(line, "the first line is: kind Name, then pairs of a word and a value");
        for (var index = 2; index + 1 < words.Length; index += 2)
            MessageOption(_message, words[index], words[index + 1], line);
        if (_message.Versions.IsEmpty)
            Error(line, "versions are missing");
        if (_message.Key < 0 && (_message.HasApi || _message.IsRecord))
            Error(line, "key (of a record: type) is missing");
    }

    private void MessageOption(SchemaMessage message, string word, string value, int line)
    {
        var isNumber = TryNumber(value, out var number);
        var isRange = VersionRange.TryParse(value, out var range);
        if (word == "versions" && isRange)
            message.Versions = range;
        else if (word == "flexible" && isRange)
            message.Flexible = range;
        else if (word == "key" && message.HasApi && isNumber)
            message.Key = number;
        else if (word == "type" && message.IsRecord && isNumber)
            message.Key = number;
        else if (word == "header" && message.HasApi && isNumber)
            message.FixedHeader = number;
        else
            Error(line, $"'{word} {value}' is not understood");
    }

    private void ParseField(string body, int depth, int line)
    {
        var colon = body.IndexOf(':');
        var words = Words(body.Substring(colon + 1));
        var owner = depth < _owners.Count ? _owners[depth] : null;
        if (owner is null || words.Length == 0)
        {
            Error(line, owner is null ? "indented below nothing" : "the type is missing");
            return;
        }
        var field = new SchemaField(body.Substring(0, colon), line);
        owner.Fields.Add(field);
        if (!IsName(field.Name))
            Error(line, $"'{field.Name}' is no name: a capital letter, then letters and digits");
        SetType(field, words[0]);
        var index = 1;
        if (words.Length > 1 && TryRange(words, 1, out var versions))
        {
            field.Versions = versions;
            index = 2;
        }
        while (index < words.Length)
            index = FieldOption(field, words, index);
        if (words[0].EndsWith("?", StringComparison.Ordinal))
            field.NullableVersions = field.Versions;
        _owners.RemoveRange(depth + 1, _owners.Count - depth - 1);
        _owners.Add(field.StructName is null ? null : Placeholder(field));
    }

    // Fields that follow deeper define the struct; where none follow it is defined elsewhere.
    private SchemaStruct Placeholder(SchemaField field)
    {
        var added = new SchemaStruct(field.StructName!, field.Line);
        _message!.Structs.Add(added);
        return added;
    }

    private void Begin(SchemaStruct added, int depth)
    {
        _message!.Structs.Add(added);
        _owners.RemoveRange(depth, _owners.Count - depth);
        _owners.Add(added);
    }

    private void SetType(SchemaField field, string word)
    {
        field.IsArray = word.StartsWith("[]", StringComparison.Ordinal);
        var name = word.Substring(field.IsArray ? 2 : 0).TrimEnd('?');
        field.Scalar = ScalarType.Find(name);
        if (field.Scalar is { Element: null } && field.IsArray)
            Error(field.Line, $"arrays of {name} are not supported");
        if (field.Scalar is null && !IsName(name))
            Error(field.Line, $"there is no type '{name}'");
        else if (field.Scalar is null)
            field.StructName = name;
    }

    /// <summary>Reads one option and returns the index of the next word.</summary>
    private int FieldOption(SchemaField field, string[] words, int index)
    {
        switch (words[index])
        {
            case "null":
                var has = TryRange(words, index + 1, out var nullable);
                field.NullableVersions = has ? nullable : field.Versions;
                return index + (has ? 2 : 1);
            case "tag" when index + 1 < words.Length && TryNumber(words[index + 1], out var tag):
                field.Tag = tag;
                return index + 2;
            case "=" when index + 1 < words.Length:
                field.Default = words[index + 1];
                return index + 2;
            case "never-compact":
                field.NeverCompact = true;
                return index + 1;
            default:
                Error(field.Line, $"'{words[index]}' is not understood");
                return words.Length;
        }
    }

    private static MessageKind? FindKind(string word) => word switch
    {
        "request" => MessageKind.Request,
        "response" => MessageKind.Response,
        "header" => MessageKind.Header,
        "data" => MessageKind.Data,
        "record-key" => MessageKind.RecordKey,
        "record-value" => MessageKind.RecordValue,
        _ => null,
    };

    private static bool IsName(string text) =>
        text.Length > 0 && text[0] is >= 'A' and <= 'Z' && text.All(char.IsLetterOrDigit);

    private static bool TryRange(string[] words, int index, out VersionRange range)
    {
        range = VersionRange.None;
        return index < words.Length && VersionRange.TryParse(words[index], out range);
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static string[] Words(string text) =>
        text.Split([' '], StringSplitOptions.RemoveEmptyEntries);

    private void Error(int line, string text) => _errors.Add(new SchemaError(line, text));
}
