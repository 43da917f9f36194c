namespace RulePortal.Web.Features.Demo.Generator;

/// <summary>Countries the company has no business with, dealt out so that none comes back within the month that the first rule remembers.</summary>
internal static class DemoCountries
{
    /// <summary>Incidents that use up one country each before the first comes back.</summary>
    public const int IncidentCount = 128;

    public const int SecondCount = 17;

    public const int FewRowsCount = 17;

    public const int BeaconCount = 8;

    /// <summary>Seen a few times every week: not new, though rare.</summary>
    public const string Supplier = "Uruguay";

    private const int Stride = 45;

    private static readonly string[] Names =
    [
        "Afghanistan", "Albania", "Algeria", "Andorra", "Angola", "Antigua and Barbuda", "Argentina", "Armenia", "Aruba", "Azerbaijan", "Bahamas", "Bahrain",
        "Bangladesh", "Barbados", "Belarus", "Belize", "Benin", "Bermuda", "Bhutan", "Bolivia", "Bosnia and Herzegovina", "Botswana", "Brunei", "Bulgaria",
        "Burkina Faso", "Burundi", "Cabo Verde", "Cambodia", "Cameroon", "Cayman Islands", "Central African Republic", "Chad", "Chile", "China", "Colombia",
        "Comoros", "Costa Rica", "Croatia", "Cuba", "Curaçao", "Cyprus", "Djibouti", "Dominica", "Dominican Republic", "Ecuador", "Egypt", "El Salvador",
        "Equatorial Guinea", "Eritrea", "Estonia", "Eswatini", "Ethiopia", "Faroe Islands", "Fiji", "French Polynesia", "Gabon", "Gambia", "Georgia", "Ghana",
        "Gibraltar", "Greece", "Greenland", "Grenada", "Guam", "Guatemala", "Guernsey", "Guinea", "Guinea-Bissau", "Guyana", "Haiti", "Honduras", "Hong Kong SAR",
        "Hungary", "Iceland", "Indonesia", "Iran", "Iraq", "Isle of Man", "Israel", "Jamaica", "Jersey", "Jordan", "Kazakhstan", "Kenya", "Kiribati", "Kosovo",
        "Kuwait", "Kyrgyzstan", "Laos", "Latvia", "Lebanon", "Lesotho", "Liberia", "Libya", "Liechtenstein", "Lithuania", "Macao SAR", "Madagascar", "Malawi",
        "Malaysia", "Maldives", "Mali", "Malta", "Marshall Islands", "Mauritania", "Mauritius", "Mexico", "Micronesia", "Moldova", "Monaco", "Mongolia",
        "Montenegro", "Morocco", "Mozambique", "Myanmar", "Namibia", "Nauru", "Nepal", "New Caledonia", "New Zealand", "Nicaragua", "Niger", "Nigeria",
        "North Korea", "North Macedonia", "Oman", "Pakistan", "Palau", "Panama", "Papua New Guinea", "Paraguay", "Peru", "Philippines", "Puerto Rico", "Qatar",
        "Réunion", "Russia", "Rwanda", "Saint Kitts and Nevis", "Saint Lucia", "Samoa", "San Marino", "São Tomé and Príncipe", "Saudi Arabia", "Senegal",
        "Serbia", "Seychelles", "Sierra Leone", "Slovakia", "Slovenia", "Solomon Islands", "Somalia", "South Africa", "South Korea", "South Sudan", "Sri Lanka",
        "Sudan", "Suriname", "Syria", "Taiwan", "Tajikistan", "Tanzania", "Thailand", "Timor-Leste", "Togo", "Tonga", "Trinidad and Tobago", "Tunisia", "Türkiye",
        "Turkmenistan", "Tuvalu", "Uganda", "Ukraine", "United Arab Emirates", "Uzbekistan", "Vanuatu", "Venezuela", "Vietnam", "Yemen", "Zambia", "Zimbabwe",
    ];

    /// <summary>Of the incident with this number.</summary>
    public static string OfIncident(long number) => At(0, IncidentCount, number);

    /// <summary>The second country of an incident that has two; it is dealt out every eighth time.</summary>
    public static string SecondOfIncident(long number) => At(IncidentCount, SecondCount, number);

    /// <summary>Of a lure that stays below the trigger.</summary>
    public static string OfFewRows(long number) => At(IncidentCount + SecondCount, FewRowsCount, number);

    /// <summary>Of a beacon too slow for the rule.</summary>
    public static string OfBeacon(long number) => At(IncidentCount + SecondCount + FewRowsCount, BeaconCount, number);

    /// <summary>Never seen outbound at all.</summary>
    public static string OfScan(long number)
    {
        const int Used = IncidentCount + SecondCount + FewRowsCount + BeaconCount;
        return At(Used, Names.Length - Used, number);
    }

    // The stride has no factor in common with the number of names, so it visits each once, and not in the order of the alphabet.
    private static string At(int first, int count, long number) => Names[(first + (number % count)) * Stride % Names.Length];
}
