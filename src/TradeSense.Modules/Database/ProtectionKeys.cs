using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace TradeSense.Modules.Database;

/// <summary>ASP.NET's key ring in PostgreSQL, sealed under the master key, so that all nodes share it and the table alone reveals nothing.</summary>
internal sealed class ProtectionKeys(NpgsqlDataSource source, MasterKey master, TimeProvider clock) : IXmlRepository
{
    private byte[] Key => master.Derive("protection-keys");

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = source.CreateCommand("select id, wrapped from protection_keys order by created_at");
        using var reader = command.ExecuteReader();
        var keys = new List<XElement>();
        while (reader.Read())
        {
            var plain = Aead.Open(Key, reader.GetFieldValue<byte[]>(1), Encoding.UTF8.GetBytes(reader.GetString(0)));
            keys.Add(XElement.Parse(Encoding.UTF8.GetString(plain)));
        }

        return keys;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        var wrapped = Aead.Seal(Key, Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting)), Encoding.UTF8.GetBytes(friendlyName));
        using var command = source.CreateCommand("insert into protection_keys (id, wrapped, created_at) values ($1, $2, $3) on conflict do nothing");
        command.Parameters.Add(new() { Value = friendlyName });
        command.Parameters.Add(new() { Value = wrapped });
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        command.ExecuteNonQuery();
    }
}
