// SPDX-License-Identifier: Apache-2.0

using System.Net;
using BenchmarkDotNet.Attributes;
using Ipsec.Crypto;
using Ipsec.Esp;
using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Benchmarks;

/// <summary>
/// One IPv4 packet into an ESP tunnel and out of it (RFC 4303 section 3), on one thread, with everything that a gateway does once it has
/// found the SA: headers, sequence number, padding, checks, selectors. Beside it the ciphers alone on the same bytes.
/// </summary>
[MemoryDiagnoser]
public class EspPacket : IDisposable
{
    private const int AadSize = 8;
    private const int IvSeed = 7;

    private readonly TunnelEncapsulator _into = new();
    private readonly TunnelDecapsulator _outOf = new();
    private EspSaParameters _parameters = null!;
    private EspOutboundSa? _sender;
    private EspInboundSa? _receiver;
    private byte[] _inner = [];
    private byte[] _outer = [];
    private byte[] _protected = [];
    private byte[] _opened = [];
    private byte[] _text = [];
    private byte[] _sealed = [];
    private byte[] _icv = [];
    private byte[] _nonce = [];
    private byte[] _aad = [];
    private IAeadCipher? _aead;
    private ICipher? _cipher;
    private IIntegrity? _integrity;

    /// <summary>What protects.</summary>
    [Params("AES-GCM-16-128", "AES-GCM-16-256", "CHACHA20-POLY1305", "AES-CBC-128 and HMAC-SHA2-256-128")]
    public string Suite { get; set; } = "";

    /// <summary>Length of the inner packet.</summary>
    [Params(64, 512, 1400)]
    public int Bytes { get; set; }

    /// <summary>Sets up the SAs, and a packet to open.</summary>
    /// <exception cref="InvalidOperationException">A packet cannot be protected: there is nothing to measure.</exception>
    [GlobalSetup]
    public void Setup()
    {
        _parameters = Parameters();
        _sender = new EspOutboundSa(_parameters, new SystemRandomSource());

        // Without a window, so that the same packet can be opened again: with one it would be discarded before the cipher is asked.
        _receiver = new EspInboundSa(_parameters with { ReplayWindowSize = 0 });
        _inner = InnerPacket();
        _outer = new byte[TunnelEncapsulator.EncapsulatedLength(_sender, Bytes)];
        _opened = new byte[_outer.Length];
        Encapsulate();
        _protected = [.. _outer];
        SetUpCiphers();
    }

    /// <summary>The inner packet becomes an outer one.</summary>
    /// <returns>Length of the outer packet.</returns>
    /// <exception cref="InvalidOperationException">It was not protected.</exception>
    [Benchmark(Description = "ESP encapsulate")]
    public int Encapsulate() => _sender!.TryEncapsulate(_into, _inner, _outer, out var written) == EspOutcome.Ok
        ? written
        : throw new InvalidOperationException("the packet was not protected");

    /// <summary>The ciphers' part of it: encryption, and the ICV over the same bytes.</summary>
    /// <returns>Bytes encrypted.</returns>
    [Benchmark(Description = "cipher alone, encrypt")]
    public int Seal()
    {
        if (_aead is not null)
        {
            _aead.Seal(_nonce, _aad, _text, _sealed, _icv);
            return _text.Length;
        }

        _cipher!.Encrypt(_nonce, _text, _sealed);
        _integrity!.Compute(_aad, _sealed, _icv);
        return _text.Length;
    }

    /// <summary>The outer packet becomes the inner one again.</summary>
    /// <returns>Length of the inner packet.</returns>
    /// <exception cref="InvalidOperationException">It was not opened.</exception>
    [Benchmark(Description = "ESP decapsulate")]
    public int Decapsulate() => IpPacketHead.TryRead(_protected, out var head, out _)
        && _receiver!.TryDecapsulate(_outOf, head, _protected, _opened, out var written) == EspOutcome.Ok
            ? written
            : throw new InvalidOperationException("the packet was not opened");

    /// <summary>The ciphers' part of it: the ICV is compared, and the bytes decrypted.</summary>
    /// <returns>Whether the ICV was right.</returns>
    [Benchmark(Description = "cipher alone, decrypt")]
    public bool Open()
    {
        if (_aead is not null)
        {
            return _aead.TryOpen(_nonce, _aad, _sealed, _icv, _text);
        }

        var isRight = _integrity!.Verify(_aad, _sealed, _icv);
        _cipher!.Decrypt(_nonce, _sealed, _text);
        return isRight;
    }

    /// <summary>Ends the SAs.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _sender?.Dispose();
        _receiver?.Dispose();
        _aead?.Dispose();
        _cipher?.Dispose();
        _integrity?.Dispose();
        GC.SuppressFinalize(this);
    }

    private EspSaParameters Parameters()
    {
        var names = Suite.Split(" and ");
        var encryption = EncryptionAlgorithm.Named(names[0]);
        var integrity = names.Length > 1 ? IntegrityAlgorithm.Named(names[1]) : null;
        var keys = new byte[EspSaParameters.KeyMaterialLength(encryption, integrity)];
        new SeededRandomSource(IvSeed).Fill(keys);
        return EspSaParameters.FromKeyMaterial(
            "bench", 0x1000, IPAddress.Parse("198.51.100.10"), IPAddress.Parse("198.51.100.2"), encryption, integrity, keys, SaMode.Tunnel, SelectorPair.Any);
    }

    private byte[] InnerPacket()
    {
        var packet = new byte[Bytes];
        new SeededRandomSource(IvSeed).Fill(packet);
        Ipv4Header.For(IPAddress.Parse("198.18.0.5"), IPAddress.Parse("198.19.0.7"), IpProtocol.Udp, Bytes - Ipv4Header.MinSize).Write(packet);
        return packet;
    }

    private void SetUpCiphers()
    {
        var encryption = _parameters.EncryptionAlgorithm;
        _text = EspComposer.Plaintext(_inner, EspComposer.LeastPadLength(_parameters, Bytes), (byte)IpProtocol.Ipip);
        _sealed = new byte[_text.Length];
        _icv = new byte[_parameters.IcvSize];
        _nonce = new byte[encryption.NonceSize];
        _aad = new byte[_parameters.IntegrityAlgorithm is null ? AadSize : AadSize + encryption.IvSize];
        if (encryption.IsAead)
        {
            _aead = encryption.CreateAead(_parameters.EncryptionKey.Span);
        }
        else
        {
            _cipher = encryption.CreateCipher(_parameters.EncryptionKey.Span);
            _integrity = _parameters.IntegrityAlgorithm!.Create(_parameters.IntegrityKey.Span);
        }

        Seal();
    }
}
