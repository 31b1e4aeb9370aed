namespace Hark.Domain.Understanding.Masking;

/// <summary>A kind of personal data that can be told from its shape.</summary>
public enum MaskedKind
{
    Email,

    /// <summary>At least nine digits, with the signs that people put between them.</summary>
    Phone,

    /// <summary>Thirteen to nineteen digits whose check digit is right (Luhn).</summary>
    Card,

    /// <summary>A bank account whose check digits are right (ISO 13616).</summary>
    Iban,

    /// <summary>What follows a salutation and begins with a capital letter.</summary>
    Name,
}
