namespace RulePortal.Web.Features.Demo;

/// <summary>Whose connections a store holds.</summary>
internal enum StoreContent
{
    /// <summary>None.</summary>
    Nothing,

    /// <summary>A demo began it.</summary>
    Generated,

    /// <summary>Somebody's own.</summary>
    Real,
}
