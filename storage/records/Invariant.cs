using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Teralog.Records;

/// <summary>
/// Assertions that stay on in release. A failed one is a bug in this process: the exception is
/// not meant to be caught by anything but the outermost frame, which stops what it was doing.
/// </summary>
public static class Invariant
{
    /// <summary>States what must hold here; its failure is a bug, never bad input.</summary>
    /// <param name="condition">What must be true.</param>
    /// <param name="expression">The text of the condition; the compiler fills it in.</param>
    /// <exception cref="InvariantException">The condition is false.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void That(
        [DoesNotReturnIf(false)] bool condition,
        [CallerArgumentExpression(nameof(condition))] string expression = "")
    {
        if (!condition)
            Fail(expression);
    }

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Fail(string expression) =>
        throw new InvariantException($"Invariant violated: {expression}");
}
