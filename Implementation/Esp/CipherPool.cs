// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Esp;

/// <summary>
/// Ciphers of one SA for as many threads as use it at once. Taking and returning neither lock nor allocate; only a thread that finds
/// none sets up a further one.
/// </summary>
internal sealed class CipherPool<TCipher> : IDisposable
    where TCipher : class, IDisposable
{
    private readonly Func<TCipher> _create;
    private readonly TCipher?[] _idle = new TCipher?[Environment.ProcessorCount];
    private volatile bool _closed;

    public CipherPool(Func<TCipher> create)
    {
        _create = create;
        _idle[0] = create();
    }

    /// <summary>A cipher that nobody else has, or null when the SA was deleted.</summary>
    public TCipher? Take()
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

        return _create();
    }

    /// <summary>Gives a cipher back; null, which stands for a deleted SA, is no matter.</summary>
    public void Return(TCipher? cipher)
    {
        if (cipher is null)
        {
            return;
        }

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
