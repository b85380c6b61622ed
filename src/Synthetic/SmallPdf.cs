using System.Globalization;
using System.Text;

namespace PatientPortal.Synthetic;

/// <summary>A one-page PDF 1.4 with a heading and lines of ASCII text, by ISO 32000-1 sections 7.5.2 to 7.5.5.</summary>
internal static class SmallPdf
{
    public static byte[] Make(string title, IReadOnlyList<string> lines)
    {
        var drawing = new StringBuilder($"BT /F1 18 Tf 72 720 Td ({Escaped(title)}) Tj /F1 11 Tf 0 -30 Td ");
        foreach (var line in lines) drawing.Append(CultureInfo.InvariantCulture, $"({Escaped(line)}) Tj 0 -16 Td ");
        drawing.Append("ET");
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R /Lang (en-US) >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            $"<< /Length {drawing.Length} >>\nstream\n{drawing}\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            $"<< /Title ({Escaped(title)}) >>",
        ];
        var file = new StringBuilder("%PDF-1.4\n");
        var places = new List<int>();
        for (var i = 0; i < objects.Length; i++)
        {
            places.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }
        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        foreach (var place in places) file.Append(CultureInfo.InvariantCulture, $"{place:0000000000} 00000 n \n");
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Length + 1} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(file.ToString());
    }

    static string Escaped(string text) => text.Replace("\\", @"\\").Replace("(", @"\(").Replace(")", @"\)");
}
