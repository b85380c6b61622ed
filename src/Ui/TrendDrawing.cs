using System.Globalization;

namespace PatientPortal.Ui;

/// <summary>Where everything of a chart of one unit stands, for one width. Lengths are pixels when it is shown at that width.</summary>
sealed class TrendDrawing
{
    const double Top = 22, Bottom = 30, LetterWidth = 7.6;
    readonly double left, right, low, high;
    readonly DateTimeOffset first, last;

    public TrendDrawing(IReadOnlyList<TrendPoint> all, string? unit, int width, int height, CultureInfo culture)
    {
        (Width, Height) = (width, height);
        var mine = all.Where(p => p.Value is not null && p.Unit == unit).ToList();
        (first, last) = (all[0].At, all[^1].At);

        var values = mine.SelectMany(p => new[] { p.Value, p.Low, p.High }).OfType<double>().ToList();
        // A range with one end only ("below 100") still shows as a band: some of it is inside the picture.
        var room = Math.Max(values.Max() - values.Min(), Math.Abs(values.Max()) * .1) * .3;
        if (mine.Where(p => p.Low is null).Min(p => p.High) is { } below && below - room < values.Min()) values.Add(below < 0 ? below - room : Math.Max(0, below - room));
        if (mine.Where(p => p.High is null).Max(p => p.Low) is { } above && above + room > values.Max()) values.Add(above + room);
        var step = NiceStep(values.Max() - values.Min(), values.Max(), height < 200 ? 3 : 4);
        low = Math.Floor(values.Min() / step) * step;
        high = Math.Ceiling(values.Max() / step) * step;
        if (high <= low) high = low + step;

        var decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9));
        var ticks = Enumerable.Range(0, (int)Math.Round((high - low) / step) + 1).Select(i => low + i * step).ToList();
        var words = ticks.Select(t => t.ToString("N" + decimals, culture)).ToList();
        left = words.Max(w => w.Length) * LetterWidth + 10;
        right = width - 14;

        Ticks = [.. ticks.Zip(words, (t, w) => (Y(t), w))];
        Dots = [.. mine.Select(p => new Dot(X(p.At), Y(p.Value!.Value), p))];
        Lines = [.. Runs(all, unit).Where(r => r.Count > 1).Select(r => string.Join(' ', r.Select(p => $"{N(X(p.At))},{N(Y(p.Value!.Value))}")))];
        Gaps = [.. all.Where(p => p.Value is null).Select(p => X(p.At))];
        Bands = [.. BandsOf(mine)];
        Dates = [.. DatesOf(all, culture)];
    }

    public sealed record Dot(double X, double Y, TrendPoint Point);

    public int Width { get; }
    public int Height { get; }
    public double Left => left;
    public double Right => right;
    public double Ceiling => Top;
    public double Floor => Height - Bottom;
    public IReadOnlyList<(double Y, string Words)> Ticks { get; }
    public IReadOnlyList<Dot> Dots { get; }
    public IReadOnlyList<string> Lines { get; }
    public IReadOnlyList<double> Gaps { get; }
    public IReadOnlyList<(double X, double Width, double Y, double Height)> Bands { get; }
    public IReadOnlyList<(double X, string Anchor, string Words)> Dates { get; }

    public static string N(double length) => length.ToString("0.#", CultureInfo.InvariantCulture);

    double X(DateTimeOffset at) =>
        first == last ? (left + right) / 2 : left + 10 + (right - left - 20) * ((at - first) / (last - first));

    double Y(double value) => Top + (Height - Bottom - Top) * (high - value) / (high - low);

    static double NiceStep(double spread, double size, int count)
    {
        if (spread <= 0) spread = size == 0 ? 1 : Math.Abs(size) * .2;
        var raw = spread / count;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        return power * ((raw / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
    }

    // A value in words, or in another unit, breaks the line: nobody knows what lies between.
    static IEnumerable<List<TrendPoint>> Runs(IReadOnlyList<TrendPoint> all, string? unit)
    {
        var run = new List<TrendPoint>();
        foreach (var point in all)
        {
            if (point.Value is not null && point.Unit == unit) { run.Add(point); continue; }
            if (run.Count > 0) yield return run;
            run = [];
        }
        if (run.Count > 0) yield return run;
    }

    // Ranges come with each result and may differ: each holds from half way to the neighbour before to half way to the one after.
    IEnumerable<(double, double, double, double)> BandsOf(IReadOnlyList<TrendPoint> mine)
    {
        for (var i = 0; i < mine.Count; i++)
        {
            if (mine[i] is { Low: null, High: null }) continue;
            var from = i is 0 ? left : (X(mine[i - 1].At) + X(mine[i].At)) / 2;
            var to = i == mine.Count - 1 ? right : (X(mine[i].At) + X(mine[i + 1].At)) / 2;
            var (top, bottom) = (Y(mine[i].High ?? high), Y(mine[i].Low ?? low));
            yield return (from, to - from, top, Math.Max(1, bottom - top));
        }
    }

    IEnumerable<(double, string, string)> DatesOf(IReadOnlyList<TrendPoint> all, CultureInfo culture)
    {
        var format = (last - first).TotalDays < 150 ? "MMM d" : "MMM yyyy";
        if (culture.TwoLetterISOLanguageName is "es" && format is "MMM d") format = "d MMM";
        var taken = new List<(double From, double To)>();
        var wanted = Enumerable.Range(0, all.Count).OrderBy(i => i == 0 ? 0 : i == all.Count - 1 ? 1 : 2);
        foreach (var i in wanted)
        {
            var words = all[i].At.ToString(format, culture);
            var (x, half) = (X(all[i].At), words.Length * LetterWidth / 2);
            var anchor = x - half < 0 ? "start" : x + half > Width ? "end" : "middle";
            var from = anchor switch { "start" => x - 6, "end" => x - 2 * half, _ => x - half };
            if (taken.Any(t => from < t.To + 12 && t.From < from + 2 * half + 12)) continue;
            taken.Add((from, from + 2 * half));
            yield return (anchor is "end" ? Math.Min(x + 8, Width) : anchor is "start" ? Math.Max(0, x - 6) : x, anchor, words);
        }
    }
}
