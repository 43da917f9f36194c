using System.Data.Common;

namespace RulePortal.Data.Tests.Stores;

/// <summary>What a database says that fails for a moment.</summary>
internal sealed class FaultException() : DbException("The database was away for a moment.");
