namespace Oxcaching.Local;

/// <summary>A slot's neighbours in a queue; -1 for none.</summary>
internal struct QueueLink
{
    public int Previous;

    public int Next;
}
