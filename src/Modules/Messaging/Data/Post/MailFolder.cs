namespace PatientPortal.Messaging.Data.Post;

/// <summary>The mails that <see cref="FolderPost"/> wrote, read back for the mailbox page.</summary>
sealed class MailFolder(FolderPost post)
{
    /// <summary>False outside development: then there is no mailbox at all.</summary>
    public bool Exists => post.Closed is null;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<KeptMail> All(int most) => !Directory.Exists(post.Folder) ? [] :
    [
        .. new DirectoryInfo(post.Folder).EnumerateFiles("*.eml").OrderByDescending(f => f.Name, StringComparer.Ordinal).Take(most).Select(Read).OfType<KeptMail>(),
    ];

    public KeptMail? Find(Guid id) => Read(new FileInfo(Path.Combine(post.Folder, $"{id:D}.eml")));

    static KeptMail? Read(FileInfo file)
    {
        if (!file.Exists || !Guid.TryParse(Path.GetFileNameWithoutExtension(file.Name), out var id)) return null;
        var parts = File.ReadAllText(file.FullName).Split("\r\n\r\n", 2);
        var headers = parts[0].Split("\r\n").Select(l => l.Split(": ", 2)).Where(l => l.Length is 2).ToDictionary(l => l[0], l => l[1], StringComparer.OrdinalIgnoreCase);
        return new(id, headers.GetValueOrDefault("To", ""), Word(headers.GetValueOrDefault("Subject", "")), headers.GetValueOrDefault("Date", ""), parts.Length > 1 ? parts[1] : "");
    }

    /// <summary>An encoded word (RFC 2047) as <see cref="FolderPost"/> writes it.</summary>
    static string Word(string text) => text.StartsWith("=?utf-8?B?", StringComparison.Ordinal) && text.EndsWith("?=", StringComparison.Ordinal)
        ? System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(text[10..^2])) : text;
}

/// <summary>One mail as it was written.</summary>
sealed record KeptMail(Guid Id, string To, string Subject, string Date, string Text);
