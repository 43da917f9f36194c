using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace RulePortal.Data.Security;

/// <summary>The secret text of a bearer key: <c>rp_</c> and 256 random bits in base64url.</summary>
public static class ApiKeySecret
{
    /// <summary>How every key begins.</summary>
    public const string Mark = "rp_";

    private const int SecretBytes = 32;
    private const int PrefixLength = 9;

    /// <summary>A new random key.</summary>
    public static string Generate() => Mark + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>SHA-256 of the key's UTF-8 text.</summary>
    /// <returns>32 bytes.</returns>
    public static byte[] Hash(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return SHA256.HashData(Encoding.UTF8.GetBytes(key));
    }

    /// <summary>The beginning of a key, by which a person recognises it: the mark and six characters of forty-three.</summary>
    public static string Prefix(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Length <= PrefixLength ? key : key[..PrefixLength];
    }
}
