// SPDX-License-Identifier: Apache-2.0

using Ipsec.Sa;

namespace Ipsec.Esp;

/// <summary>
/// Ciphers of one SA for as many threads as use it at once. Taking and returning neither lock nor allocate; only a thread that finds
/// none sets up a further one.
/// </summary>
internal sealed class EspCipherPool : IDisposable
{
    private readonly EspSaParameters _parameters;
    private readonly EspCipher?[] _idle = new EspCipher?[Environment.ProcessorCount];
    private volatile bool _closed;

    public EspCipherPool(EspSaParameters parameters)
    {
        _parameters = parameters;
        _idle[0] = new EspCipher(parameters);
    }

    /// <summary>A cipher that nobody else has, or null when the SA was deleted.</summary>
    public EspCipher? Take()
    {
        if (_closed)
        {
            return null;
        }

        for (var i = 0; i < _idle.Length; i++)
        {
            if (_idle[i] is not null && Interlocked.Exchange(ref _idle[i], null) is { } cipher)
            {
                return cipher;
            }
        }

        return new EspCipher(_parameters);
    }

    public void Return(EspCipher cipher)
    {
        for (var i = 0; i < _idle.Length; i++)
        {
            if (_idle[i] is null && Interlocked.CompareExchange(ref _idle[i], cipher, null) is null)
            {
                // Closed in the meantime: whoever finds the cipher, this thread or the closing one, disposes of it.
                if (_closed)
                {
                    Interlocked.Exchange(ref _idle[i], null)?.Dispose();
                }

                return;
            }
        }

        cipher.Dispose();
    }

    public void Dispose()
    {
        _closed = true;
        Interlocked.MemoryBarrier();
        for (var i = 0; i < _idle.Length; i++)
        {
            Interlocked.Exchange(ref _idle[i], null)?.Dispose();
        }
    }
}
