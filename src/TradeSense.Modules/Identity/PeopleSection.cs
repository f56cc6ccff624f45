using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Identity;

/// <summary>The <c>people</c> of a tenant file: staff and first traders. A person who exists already keeps the password they have.</summary>
internal sealed class PeopleSection(TradeSenseDb db, IPasswordHasher<User> hasher, TimeProvider clock) : ITenantSection
{
    private sealed record Person(string? UserName, string? Email, string? Password, string? Role, string? Country);

    public string Name => "people";

    public IEnumerable<(string Path, string Message)> Check(JsonElement section)
    {
        if (section.ValueKind is not JsonValueKind.Array) return [("", "A list of people.")];

        return section.EnumerateArray().SelectMany((element, i) => CheckOne(element).Select(problem => ($"[{i}]{problem.Path}", problem.Message)));
    }

    private static IEnumerable<(string Path, string Message)> CheckOne(JsonElement element)
    {
        if (element.ValueKind is not JsonValueKind.Object || !TryRead(element, out var person))
        {
            yield return ("", "An object of texts: userName, email, password, role, country.");
            yield break;
        }

        if (person.UserName is not { Length: >= 3 and <= 30 }) yield return (".userName", "3 to 30 characters.");
        if (person.Email is null || !RegisterTrader.IsEmail(person.Email)) yield return (".email", "An e-mail address.");
        if (!Enum.TryParse<Role>(person.Role, true, out _)) yield return (".role", "One of trader, owner, support, risk, finance, platformStaff.");
        if (person.Country is null || !Countries.NameByCode.ContainsKey(person.Country)) yield return (".country", "A two-letter country code.");
        if (PasswordRules.Check(person.Password ?? "", person.UserName ?? "", person.Email ?? "").IsRefused) yield return (".password", "At least 10 characters, not a common one, not the person's name.");
    }

    public async Task Apply(JsonElement section, CancellationToken ct)
    {
        foreach (var person in section.Deserialize<Person[]>(Json.Options)!)
        {
            var (userName, email) = (User.Normalize(person.UserName!), User.Normalize(person.Email!));
            if (await db.Set<User>().AnyAsync(user => user.NormalizedEmail == email || user.NormalizedUserName == userName, ct)) continue;

            var now = clock.GetUtcNow();
            var user = User.Create(Guid.CreateVersion7(now), person.UserName!, person.Email!, person.Country!, Enum.Parse<Role>(person.Role!, true), now);
            user.PasswordHash = hasher.HashPassword(user, person.Password!);
            user.ConfirmEmail(now);
            db.Add(user);
            await db.SaveChangesAsync(ct);
        }
    }

    /// <summary>People are not exported: passwords cannot be, and traders own their data.</summary>
    public Task<JsonNode?> Export(CancellationToken ct) => Task.FromResult<JsonNode?>(null);

    private static bool TryRead(JsonElement element, out Person person)
    {
        person = new Person(null, null, null, null, null);
        if (element.EnumerateObject().Any(field => field.Value.ValueKind is not JsonValueKind.String)) return false;

        person = element.Deserialize<Person>(Json.Options)!;
        return true;
    }
}
