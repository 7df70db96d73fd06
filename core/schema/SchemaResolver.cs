using System.Collections.Generic;
using Teralog.Schema.Model;

namespace Teralog.Schema;

/// <summary>
/// Second step of parsing: finds each field's struct, works out in which versions a struct can
/// occur, and checks what a single line cannot know.
/// </summary>
internal sealed class SchemaResolver
{
    private readonly SchemaMessage _message;
    private readonly List<SchemaError> _errors;
    private readonly Dictionary<string, SchemaStruct> _structs = [];

    private SchemaResolver(SchemaMessage message, List<SchemaError> errors)
    {
        _message = message;
        _errors = errors;
    }

    public static void Resolve(SchemaMessage message, List<SchemaError> errors)
    {
        var resolver = new SchemaResolver(message, errors);
        _ = message.Structs.RemoveAll(candidate => candidate.Fields.Count == 0);
        foreach (var candidate in message.Structs)
            resolver.Define(candidate);
        resolver.Visit(message.Root, message.Versions);
    }

    private void Define(SchemaStruct candidate)
    {
        if (_structs.ContainsKey(candidate.Name) || candidate.Name == _message.Root.Name)
            Error(candidate.Line, $"struct {candidate.Name} is defined twice");
        else
            _structs.Add(candidate.Name, candidate);
    }

    private void Visit(SchemaStruct owner, VersionRange versions)
    {
        if (owner.Visiting)
        {
            Error(owner.Line, $"struct {owner.Name} holds itself");
            return;
        }
        owner.Visiting = true;
        owner.Versions = owner.Versions.Hull(versions);
        var names = new HashSet<string>();
        foreach (var field in owner.Fields)
        {
            if (!names.Add(field.Name))
                Error(field.Line, $"field {field.Name} is there twice");
            CheckNames(owner, field);
            CheckVersions(field, versions.Intersect(field.Versions));
            Follow(field, versions.Intersect(field.Versions));
        }
        owner.Visiting = false;
    }

    private void Follow(SchemaField field, VersionRange versions)
    {
        if (field.StructName is null)
            return;
        if (!_structs.TryGetValue(field.StructName, out var target))
        {
            Error(field.Line, $"there is no struct {field.StructName}");
            return;
        }
        field.Struct = target;
        target.NeedsIsDefault |= field.IsTagged && field.IsSingleStruct && !field.DefaultsToNull;
        Visit(target, versions);
    }

    // C# has its own opinion on what may share a name.
    private void CheckNames(SchemaStruct owner, SchemaField field)
    {
        if (field.Name == owner.Name)
            Error(field.Line, $"field {field.Name} has its struct's name");
        if (owner == _message.Root && _structs.ContainsKey(field.Name))
            Error(field.Line, $"field {field.Name} has the name of a struct of the message");
    }

    private void CheckVersions(SchemaField field, VersionRange versions)
    {
        if (field.Versions.Intersect(_message.Versions).IsEmpty)
            Error(field.Line, $"field {field.Name} is in no version of the message");
        if (field.IsTagged && !_message.Flexible.Covers(versions))
            Error(field.Line, $"tagged field {field.Name} is in a version without tags");
        if (field.IsNullable && field.Scalar is { Size: > 0 } && !field.IsArray)
            Error(field.Line, $"a {field.Scalar.Name} cannot be null");
        if (field.DefaultsToNull && !field.IsNullable)
            Error(field.Line, $"field {field.Name} defaults to null and is never nullable");
        var partly = field.IsNullable && !field.NullableVersions.Covers(versions);
        if (field.IsSingleStruct && partly)
            Error(field.Line, "a struct is nullable in all its versions or in none");
    }

    private void Error(int line, string text) => _errors.Add(new SchemaError(line, text));
}
