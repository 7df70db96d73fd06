using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Teralog.Records.Wire;

namespace Teralog.Protocol.Kafka.Tests;

/// <summary>Generated objects from and against the JSON that Kafka's own classes print.</summary>
internal static class MessageJson
{
    /// <summary>Sets every field that the JSON has.</summary>
    public static IWireStruct Make(Type type, JsonObject json)
    {
        var made = (IWireStruct)Activator.CreateInstance(type)!;
        foreach (var (name, value) in json)
        {
            var property = Property(type, name);
            property.SetValue(made, Value(property.PropertyType, value));
        }
        return made;
    }

    /// <summary>Fails where a field of the JSON has another value in the object.</summary>
    public static void AssertSame(JsonObject json, object actual, string where)
    {
        foreach (var (name, value) in json)
        {
            var found = Property(actual.GetType(), name).GetValue(actual);
            AssertSameValue(value, found, $"{where}.{name}");
        }
    }

    private static void AssertSameValue(JsonNode? json, object? actual, string where)
    {
        if (json is null || actual is null)
        {
            Assert.True(json is null && actual is null, $"{where}: only one is null");
        }
        else if (json is JsonObject nested)
        {
            AssertSame(nested, actual, where);
        }
        else if (json is JsonArray array)
        {
            var list = (IList)actual;
            Assert.True(array.Count == list.Count, $"{where}: {array.Count} and {list.Count}");
            for (var index = 0; index < list.Count; index++)
                AssertSameValue(array[index], list[index], $"{where}[{index}]");
        }
        else if (actual is byte[] bytes)
        {
            Assert.True(bytes.AsSpan().SequenceEqual((byte[])Value(typeof(byte[]), json)!), where);
        }
        else
        {
            var expected = Value(actual.GetType(), json);
            Assert.True(Equals(expected, actual), $"{where}: {expected} and {actual}");
        }
    }

    private static object? Value(Type type, JsonNode? json)
    {
        if (json is null)
            return null;
        if (json is JsonObject nested)
            return Make(type, nested);
        if (json is JsonArray array)
            return ListOf(type, array);
        if (type == typeof(byte[]))
            return Convert.FromBase64String((string)json!);
        if (type == typeof(Guid))
            return Uuid((string)json!);
        if (type == typeof(string))
            return (string)json!;
        return type == typeof(bool)
            ? (bool)json
            : Convert.ChangeType(Number(type, json), type, CultureInfo.InvariantCulture);
    }

    private static object Number(Type type, JsonNode json) =>
        type == typeof(double) ? (object)(double)json : (long)json;

    private static IList ListOf(Type type, JsonArray array)
    {
        var list = (IList)Activator.CreateInstance(type)!;
        foreach (var element in array)
            list.Add(Value(type.GetGenericArguments()[0], element));
        return list;
    }

    private static Guid Uuid(string text)
    {
        var bytes = Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/') + "==");
        return new Guid(bytes, bigEndian: true);
    }

    private static PropertyInfo Property(Type type, string jsonName)
    {
        var name = char.ToUpperInvariant(jsonName[0]) + jsonName[1..];
        var found = type.GetProperty(name);
        Assert.True(found is not null, $"{type.FullName} has no {name}");
        return found;
    }
}
