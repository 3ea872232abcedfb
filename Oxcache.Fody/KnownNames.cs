namespace Oxcaching.Fody;

/// <summary>Every type and member that the weaver knows by name.</summary>
internal static class KnownNames
{
    public const string RuntimeAssembly = "Oxcache";

    public const string CachedAttribute = "Oxcaching.CachedAttribute";
    public const string CacheKeyIgnoreAttribute = "Oxcaching.CacheKeyIgnoreAttribute";
    public const string CacheKeyPart = "Oxcaching.ICacheKeyPart";

    public const string WeavingNamespace = "Oxcaching.Weaving";
    public const string CacheKeyBuilder = "CacheKeyBuilder";
    public const string CachedMethod = "CachedMethod`1";
    public const string CachedCall = "ICachedCall`1";
    public const string CachedKey = "ICachedKey";
    public const string FrontedMethod = "FrontedMethod`2";
    public const string FrontArguments = "FrontArguments";

    public const string Constructor = ".ctor";
    public const string StaticConstructor = ".cctor";
    public const string TryGetTask = "TryGetTask";
    public const string TryGetValueTask = "TryGetValueTask";
    public const string InvokeAsTask = "InvokeAsTask";
    public const string InvokeAsValueTask = "InvokeAsValueTask";
    public const string InvokeAsync = "InvokeAsync";
    public const string AppendLiteral = "AppendLiteral";
    public const string AppendTypeName = "AppendTypeName";
    public const string AppendFormattedText = "AppendFormattedText";
    public const string AppendNullableFormattedText = "AppendNullableFormattedText";
    public const string Fail = "Fail";
    public const string BuildKey = "BuildKey";
    public const string GetHasValue = "get_HasValue";
    public const string GetValueOrDefault = "GetValueOrDefault";
    public const string HasValue = "HasValue";
    public const string Value = "Value";
    public const string PrintMembers = "PrintMembers";
    public const string Argument = "Argument";
    public const string Text = "Text";
    public const string MoveNext = "MoveNext";
    public const string ToStringMethod = "ToString";

    public const string Task = "System.Threading.Tasks.Task`1";
    public const string ValueTask = "System.Threading.Tasks.ValueTask`1";
    public const string CancellationToken = "System.Threading.CancellationToken";
    public const string Object = "System.Object";
    public const string ValueType = "System.ValueType";
    public const string Enum = "System.Enum";
    public const string Nullable = "System.Nullable`1";
    public const string String = "System.String";
    public const string TypedReference = "System.TypedReference";
    public const string Type = "System.Type";
    public const string Exception = "System.Exception";
    public const string Array = "System.Array";
    public const string ArraySegment = "System.ArraySegment`1";
    public const string KeyValuePair = "System.Collections.Generic.KeyValuePair`2";
    public const string Collections = "System.Collections";
    public const string Uri = "System.Uri";
    public const string Formattable = "System.IFormattable";
    public const string Enumerable = "System.Collections.IEnumerable";
    public const string TupleElementNamesAttribute = "System.Runtime.CompilerServices.TupleElementNamesAttribute";
    public const string ValueTuple = "System.ValueTuple`";
    public const string Tuple = "System.Runtime.CompilerServices.ITuple";

    public const string AsyncStateMachineAttribute = "System.Runtime.CompilerServices.AsyncStateMachineAttribute";
    public const string IteratorStateMachineAttribute = "System.Runtime.CompilerServices.IteratorStateMachineAttribute";
    public const string AsyncIteratorStateMachineAttribute = "System.Runtime.CompilerServices.AsyncIteratorStateMachineAttribute";
    public const string DebuggerStepThroughAttribute = "System.Diagnostics.DebuggerStepThroughAttribute";
    public const string StackTraceHiddenAttribute = "System.Diagnostics.StackTraceHiddenAttribute";
    public const string CompilerGeneratedAttribute = "System.Runtime.CompilerServices.CompilerGeneratedAttribute";
    public const string IsByRefLikeAttribute = "System.Runtime.CompilerServices.IsByRefLikeAttribute";

    public const string SuppressMessageAttribute = "System.Diagnostics.CodeAnalysis.SuppressMessageAttribute";
    public const string UnconditionalSuppressMessageAttribute = "System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessageAttribute";

    /// <summary>The compiler's method that copies a record.</summary>
    public const string RecordClone = "<Clone>$";

    public const string Disposable = "System.IDisposable";
    public const string AsyncDisposable = "System.IAsyncDisposable";
    public const string AsyncEnumerable = "System.Collections.Generic.IAsyncEnumerable`1";
    public const string AsyncEnumerator = "System.Collections.Generic.IAsyncEnumerator`1";
    public const string Stream = "System.IO.Stream";
    public const string PlainTask = "System.Threading.Tasks.Task";
    public const string PlainValueTask = "System.Threading.Tasks.ValueTask";

    /// <summary>Where the compiler keeps the declarations of extension members; their bodies are elsewhere.</summary>
    public const string ExtensionGroupPrefix = "<G>$";

    /// <summary>How the compiler names the classes of lambdas and of local functions that capture.</summary>
    public const string ClosurePrefix = "<>c";

    /// <summary>Values besides the primitive ones that are told apart by their bits, and by what is in a key.</summary>
    public static bool IsPlainValue(string fullName)
    {
        switch (fullName)
        {
            case "System.String":
            case "System.Guid":
            case "System.DateTime":
            case "System.DateTimeOffset":
            case "System.DateOnly":
            case "System.TimeOnly":
            case "System.TimeSpan":
            case "System.Decimal":
            case "System.Half":
            case "System.Int128":
            case "System.UInt128":
                return true;
            default:
                return false;
        }
    }

    /// <summary>Types whose ToString leaves out part of the value, or depends on the culture. The runtime has the same list.</summary>
    public static bool HasLossyToString(string fullName)
    {
        switch (fullName)
        {
            case "System.Collections.Generic.KeyValuePair`2":
            case "System.ComponentModel.Component":
            case "System.ComponentModel.MarshalByValueComponent":
            case "System.Exception":
            case "System.Lazy`1":
            case "System.Linq.Expressions.Expression":
            case "System.Memory`1":
            case "System.Net.Http.HttpRequestMessage":
            case "System.Net.Http.HttpResponseMessage":
            case "System.ReadOnlyMemory`1":
            case "System.Reflection.MemberInfo":
            case "System.Reflection.ParameterInfo":
            case "System.Security.Claims.Claim":
            case "System.Security.Cryptography.X509Certificates.X509Certificate":
            case "System.Text.Json.JsonElement":
            case "System.Text.Json.Nodes.JsonNode":
            case "System.Text.RegularExpressions.Regex":
            case "System.TimeZoneInfo":
                return true;
            default:
                return false;
        }
    }
}
