using Microsoft.Extensions.Configuration;
using PatientPortal.Messaging.Data.Post;
using Shouldly;
using Xunit;

namespace PatientPortal.Messaging.Tests.Data.Post;

public sealed class SmtpSettingsTests
{
    static SmtpSettings? Of(params (string Name, string Value)[] settings) =>
        SmtpSettings.Of(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => $"Smtp:{s.Name}", s => (string?)s.Value)).Build());

    [Fact]
    public void without_a_host_there_is_no_mail_server() => Of().ShouldBeNull();

    [Fact]
    public void the_connection_is_encrypted_unless_it_is_said_otherwise()
    {
        Of(("Host", "mail.example.org"))!.ShouldBe(new("mail.example.org", 587, null, null, true, null));
        Of(("Host", "mail.example.org"), ("Security", "None"))!.ShouldBe(new("mail.example.org", 25, null, null, false, null));
    }

    [Theory]
    [InlineData("Security", "Sometimes")]
    [InlineData("Port", "0")]
    [InlineData("Port", "many")]
    [InlineData("UserName", "somebody")]
    [InlineData("Password", "secret")]
    [InlineData("From", "not an address")]
    public void a_wrong_setting_is_named(string name, string value) =>
        Should.Throw<PatientPortal.Kernel.Modules.CannotStart>(() => Of(("Host", "mail.example.org"), (name, value))).Message.ShouldContain($"Smtp__{name}");

    [Fact]
    public void a_password_never_crosses_a_network_unprotected()
    {
        Should.Throw<PatientPortal.Kernel.Modules.CannotStart>(() => Of(("Host", "mail.example.org"), ("Security", "None"), ("UserName", "u"), ("Password", "p"))).Message.ShouldContain("Smtp__Security");
        Of(("Host", "127.0.0.1"), ("Security", "None"), ("UserName", "u"), ("Password", "p")).ShouldNotBeNull();
        Should.Throw<PatientPortal.Kernel.Modules.CannotStart>(() => Of(("Port", "25"))).Message.ShouldContain("Smtp__Host");
    }
}
