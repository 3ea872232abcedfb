namespace Oxcaching.Fody.Keys;

/// <summary>A template is malformed; the message says where and how.</summary>
internal sealed class TemplateException : Exception
{
    public TemplateException(string message)
        : base(message)
    {
    }
}
