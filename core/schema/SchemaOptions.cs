using System;

namespace Teralog.Schema;

/// <summary>What the consuming project says about all its messages.</summary>
internal readonly struct SchemaOptions : IEquatable<SchemaOptions>
{
    public SchemaOptions(string rootNamespace, string visibility)
    {
        RootNamespace = rootNamespace;
        Visibility = visibility;
    }

    /// <summary>The project's RootNamespace; Messages or Records is added to it.</summary>
    public string RootNamespace { get; }

    /// <summary><c>internal</c>, or <c>public</c> by the property SchemaVisibility.</summary>
    public string Visibility { get; }

    public bool Equals(SchemaOptions other) =>
        RootNamespace == other.RootNamespace && Visibility == other.Visibility;

    public override bool Equals(object? obj) => obj is SchemaOptions other && Equals(other);

    public override int GetHashCode() => RootNamespace.GetHashCode();
}
