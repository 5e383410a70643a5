// SPDX-License-Identifier: Apache-2.0

using System.Globalization;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Durations for people.</summary>
internal static class DurationText
{
    /// <summary>For example <c>3 ms</c>, <c>1.25 s</c>, <c>4 min 7 s</c>, <c>2 h 5 min</c>.</summary>
    public static string Of(double milliseconds)
    {
        var culture = CultureInfo.InvariantCulture;
        var whole = TimeSpan.FromSeconds(Math.Round(milliseconds / 1000));
        return milliseconds switch
        {
            < 10 => milliseconds.ToString("0.#", culture) + " ms",
            < 999.5 => milliseconds.ToString("0", culture) + " ms",
            < 59_995 => (milliseconds / 1000).ToString("0.##", culture) + " s",
            _ when whole.TotalHours < 1 => string.Create(culture, $"{whole.Minutes} min {whole.Seconds} s"),
            _ => string.Create(culture, $"{(int)whole.TotalHours} h {whole.Minutes} min"),
        };
    }
}
