namespace Teralog.Fuzz;

/// <summary>Something did not hold; the message says what.</summary>
internal sealed class FuzzFailureException(string message) : Exception(message);
