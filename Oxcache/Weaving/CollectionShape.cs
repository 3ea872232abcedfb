using System.Diagnostics.CodeAnalysis;

namespace Oxcaching.Weaving;

/// <summary>Writes a collection: <c>[1,2,3]</c> in its order, or <c>{1,2,3}</c> sorted if it has none.</summary>
internal abstract class CollectionShape : KeyShape
{
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "The constructor is named below.")]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor, typeof(Elements<>))]
    public static CollectionShape Make(Type type, Type element)
    {
        var shape = (CollectionShape)Activator.CreateInstance(typeof(Elements<>).MakeGenericType(element))!;
        shape.HasOrder = KeyCollections.HaveOrder(type);
        return shape;
    }

    /// <summary>Whether the order of the elements is a part of the value.</summary>
    public bool HasOrder { get; private set; }

    /// <summary>Elements are written as the type that the declaration promises, whatever the collection is at run time.</summary>
    private sealed class Elements<T> : CollectionShape
    {
        public override void Append(scoped ref CacheKeyBuilder key, object value)
        {
            var elements = (IEnumerable<T>)value;
            if (Of(value.GetType()) is CollectionShape { HasOrder: true })
            {
                key.AppendLiteral("[");
                AppendInOrder(ref key, elements);
                key.AppendLiteral("]");
            }
            else
            {
                key.AppendLiteral("{");
                key.AppendSorted(elements);
                key.AppendLiteral("}");
            }
        }

        private static void AppendInOrder(scoped ref CacheKeyBuilder key, IEnumerable<T> elements)
        {
            var isFirst = true;
            foreach (var element in elements)
            {
                key.AppendLiteral(isFirst ? "" : ",");
                key.AppendElement(element);
                isFirst = false;
            }
        }
    }
}
