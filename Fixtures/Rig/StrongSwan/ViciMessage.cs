// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using Ipsec.Wire;

namespace Ipsec.Fixtures.Rig.StrongSwan;

/// <summary>The elements of a VICI message, to and from bytes.</summary>
internal static class ViciMessage
{
    /// <summary>Writes the elements of a message.</summary>
    /// <exception cref="ArgumentException">A name or value is too long for its length field.</exception>
    public static void Write(WireWriter writer, ConfigSection message)
    {
        foreach (var entry in message.Entries)
        {
            switch (entry)
            {
                case ConfigSetting setting:
                    WriteElement(writer, ViciElement.KeyValue, setting.Name);
                    WriteValue(writer, setting.Value);
                    break;
                case ConfigList list:
                    WriteElement(writer, ViciElement.ListStart, list.Name);
                    foreach (var item in list.Items)
                    {
                        writer.U8((byte)ViciElement.ListItem);
                        WriteValue(writer, item);
                    }

                    writer.U8((byte)ViciElement.ListEnd);
                    break;
                case ConfigSection section:
                    WriteElement(writer, ViciElement.SectionStart, section.Name);
                    Write(writer, section);
                    writer.U8((byte)ViciElement.SectionEnd);
                    break;
            }
        }
    }

    /// <summary>Reads a whole message.</summary>
    /// <exception cref="FormatException">It is not well-formed.</exception>
    public static ConfigSection Read(ReadOnlySpan<byte> bytes)
    {
        var entries = ReadEntries(ref bytes, isInSection: false);
        return new ConfigSection("", entries);
    }

    /// <summary>Writes a name: its length in one octet, then its octets.</summary>
    public static void WriteName(WireWriter writer, string name)
    {
        var octets = Encoding.UTF8.GetBytes(name);
        writer.U8(octets.Length <= byte.MaxValue ? (byte)octets.Length : throw new ArgumentException($"a name of {octets.Length} octets", nameof(name)));
        writer.Bytes(octets);
    }

    /// <summary>Takes a name from the front.</summary>
    public static ReadOnlySpan<byte> TakeName(ref ReadOnlySpan<byte> bytes) => Take(ref bytes, Take(ref bytes, sizeof(byte))[0]);

    private static void WriteElement(WireWriter writer, ViciElement element, string name)
    {
        writer.U8((byte)element);
        WriteName(writer, name);
    }

    private static void WriteValue(WireWriter writer, string value)
    {
        var octets = Encoding.UTF8.GetBytes(value);
        writer.U16(octets.Length <= ushort.MaxValue ? (ushort)octets.Length : throw new ArgumentException($"a value of {octets.Length} octets", nameof(value)));
        writer.Bytes(octets);
    }

    private static ImmutableArray<ConfigEntry> ReadEntries(ref ReadOnlySpan<byte> bytes, bool isInSection)
    {
        var entries = ImmutableArray.CreateBuilder<ConfigEntry>();
        while (isInSection || !bytes.IsEmpty)
        {
            var element = (ViciElement)Take(ref bytes, sizeof(byte))[0];
            if (element == ViciElement.SectionEnd && isInSection)
            {
                break;
            }

            var name = Encoding.UTF8.GetString(TakeName(ref bytes));
            entries.Add(element switch
            {
                ViciElement.KeyValue => new ConfigSetting(name, TakeValue(ref bytes)),
                ViciElement.ListStart => new ConfigList(name, ReadItems(ref bytes)),
                ViciElement.SectionStart => new ConfigSection(name, ReadEntries(ref bytes, isInSection: true)),
                _ => throw new FormatException($"VICI element {element} where none such can stand"),
            });
        }

        return entries.ToImmutable();
    }

    private static ImmutableArray<string> ReadItems(ref ReadOnlySpan<byte> bytes)
    {
        var items = ImmutableArray.CreateBuilder<string>();
        while (true)
        {
            var element = (ViciElement)Take(ref bytes, sizeof(byte))[0];
            if (element == ViciElement.ListEnd)
            {
                return items.ToImmutable();
            }

            items.Add(element == ViciElement.ListItem ? TakeValue(ref bytes) : throw new FormatException($"VICI element {element} in a list"));
        }
    }

    private static string TakeValue(ref ReadOnlySpan<byte> bytes) =>
        Encoding.UTF8.GetString(Take(ref bytes, BinaryPrimitives.ReadUInt16BigEndian(Take(ref bytes, sizeof(ushort)))));

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> bytes, int count)
    {
        if (bytes.Length < count)
        {
            throw new FormatException($"a VICI message ends {count - bytes.Length} octets too early");
        }

        var taken = bytes[..count];
        bytes = bytes[count..];
        return taken;
    }
}
