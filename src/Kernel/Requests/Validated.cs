using FluentValidation;

namespace PatientPortal.Kernel.Requests;

/// <summary>Checks the shape of the input before anything else happens; all errors at once, each beside its field.</summary>
sealed class Validated<TRequest, TResponse>(IHandle<TRequest, TResponse> next, IEnumerable<IValidator<TRequest>> rules) : IHandle<TRequest, TResponse>
{
    public Task<Outcome<TResponse>> Handle(TRequest request, CancellationToken ct)
    {
        Dictionary<string, List<string>>? errors = null;
        foreach (var rule in rules)
            foreach (var failure in rule.Validate(request).Errors)
            {
                errors ??= [];
                var field = FieldNames.Of(failure.PropertyName);
                if (!errors.TryGetValue(field, out var said)) errors[field] = said = [];
                if (!said.Contains(failure.ErrorMessage)) said.Add(failure.ErrorMessage);
            }
        return errors is null
            ? next.Handle(request, ct)
            : Task.FromResult<Outcome<TResponse>>(Outcome.Invalid(errors.ToDictionary(e => e.Key, e => e.Value.ToArray())));
    }
}

static class FieldNames
{
    /// <summary>"Address.PostalCode" as the JSON says it: "address.postalCode".</summary>
    public static string Of(string property) =>
        string.Join('.', property.Split('.').Select(p => p.Length > 0 ? char.ToLowerInvariant(p[0]) + p[1..] : p));
}
