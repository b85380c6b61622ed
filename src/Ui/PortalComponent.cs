using Microsoft.AspNetCore.Components;

namespace PatientPortal.Ui;

/// <summary>
/// A component that is drawn when what it shows has been read, not before: markup may say <c>answer.Items</c> without asking whether it is there yet.
/// The framework's own base draws once at the first wait too, which on an engine that really waits (PostgreSQL) finds nothing to show.
/// Every page and card inherits it through its module's <c>_Imports.razor</c>.
/// </summary>
public abstract class PortalComponent : ComponentBase
{
    bool begun;

    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        if (!begun)
        {
            begun = true;
            OnInitialized();
            await OnInitializedAsync();
        }
        OnParametersSet();
        await OnParametersSetAsync();
        StateHasChanged();
    }
}
