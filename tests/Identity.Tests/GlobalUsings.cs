global using System.Net;
global using System.Net.Http.Headers;
global using System.Net.Http.Json;
global using System.Text.Json;
global using PatientPortal.Testing;
global using Shouldly;
global using Xunit;
global using Microsoft.Extensions.DependencyInjection;
