// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto.Tests.Signatures;

/// <summary>Keys that were made for these tests with OpenSSL, and what OpenSSL made with them.</summary>
internal static class TestKeys
{
    /// <summary>1024 bits, PKCS #1.</summary>
    public const string RsaPkcs1 = """
        -----BEGIN RSA PRIVATE KEY-----
        MIICXAIBAAKBgQCWUlS1TJ2SL6RKNJOWRrNfjVZdj+uU1N3B7gz18MRudmHNhu32
        zy5VCh0E4eGUYGzRLGUhs366WJJW0fyUIx7ORVY88kfj2JdG3HJLHZETZbMUrNdp
        2MbN6dgVxYcED2O31mkXHhq1XU5mwzXlQk32Dla8qYAKiDOPf8aohz+QywIDAQAB
        AoGAWqT03YqArek6mWCQ6pphianxvWOOvGWL/2grupZf7PhHy6akkiKmnrMFgq8u
        1sk6dPvfU+4n6fiE7gOb2jw/U1hMzpbRA6DmG+GWu7boqHIqp2oMwoMS/cNEKcT+
        hdX4cbZIs1jDACFrvuPeRZdYoywCo4oTpyaudpVV3sp9j6kCQQDIEwusCfSStrv4
        /JfacyUOjJoO6XzgN1pL88BCbV456XDiUbd/ZDHEjyirGYtlj6VwjRxwX887RbAi
        ukZGzAsVAkEAwFcRQAaVqi69GBuuceeDrtjw9qmZgsNVi3GACDFy3NQHzV7IIaEF
        ZeV3c7UINfs/xq8My2bsZ27JlGEvZDakXwJABO4rOHcaVs83/J/E4jY6MIyYc0uf
        ryrOB9ce4sQtMUImbP1Uh0ghzdU1TFoZzEvo6Mghbkd+JNjHyWNLvgzjLQJARm7b
        y0VeAx7wceaZH+72os2gl8MNivv61IBwsQ9ij4k5fjQqN15euqyn7IArjJEADsLF
        faqoAUxpluNr1lfIIwJBAJCLJYT5qZDdwmQUKFh7ImDLnV0qS0rKwebj9qW5KYkr
        stHrNLtl/mdGr8IGK7VT3k+Bpxu8Xz9g357nRCDPPkk=
        -----END RSA PRIVATE KEY-----
        """;

    /// <summary>The same key, PKCS #8.</summary>
    public const string RsaPkcs8 = """
        -----BEGIN PRIVATE KEY-----
        MIICdgIBADANBgkqhkiG9w0BAQEFAASCAmAwggJcAgEAAoGBAJZSVLVMnZIvpEo0
        k5ZGs1+NVl2P65TU3cHuDPXwxG52Yc2G7fbPLlUKHQTh4ZRgbNEsZSGzfrpYklbR
        /JQjHs5FVjzyR+PYl0bccksdkRNlsxSs12nYxs3p2BXFhwQPY7fWaRceGrVdTmbD
        NeVCTfYOVrypgAqIM49/xqiHP5DLAgMBAAECgYBapPTdioCt6TqZYJDqmmGJqfG9
        Y468ZYv/aCu6ll/s+EfLpqSSIqaeswWCry7WyTp0+99T7ifp+ITuA5vaPD9TWEzO
        ltEDoOYb4Za7tuiociqnagzCgxL9w0QpxP6F1fhxtkizWMMAIWu+495Fl1ijLAKj
        ihOnJq52lVXeyn2PqQJBAMgTC6wJ9JK2u/j8l9pzJQ6Mmg7pfOA3WkvzwEJtXjnp
        cOJRt39kMcSPKKsZi2WPpXCNHHBfzztFsCK6RkbMCxUCQQDAVxFABpWqLr0YG65x
        54Ou2PD2qZmCw1WLcYAIMXLc1AfNXsghoQVl5XdztQg1+z/GrwzLZuxnbsmUYS9k
        NqRfAkAE7is4dxpWzzf8n8TiNjowjJhzS5+vKs4H1x7ixC0xQiZs/VSHSCHN1TVM
        WhnMS+joyCFuR34k2MfJY0u+DOMtAkBGbtvLRV4DHvBx5pkf7vaizaCXww2K+/rU
        gHCxD2KPiTl+NCo3Xl66rKfsgCuMkQAOwsV9qqgBTGmW42vWV8gjAkEAkIslhPmp
        kN3CZBQoWHsiYMudXSpLSsrB5uP2pbkpiSuy0es0u2X+Z0avwgYrtVPeT4GnG7xf
        P2DfnudEIM8+SQ==
        -----END PRIVATE KEY-----
        """;

    /// <summary>Its other half.</summary>
    public const string RsaPublic = """
        -----BEGIN PUBLIC KEY-----
        MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCWUlS1TJ2SL6RKNJOWRrNfjVZd
        j+uU1N3B7gz18MRudmHNhu32zy5VCh0E4eGUYGzRLGUhs366WJJW0fyUIx7ORVY8
        8kfj2JdG3HJLHZETZbMUrNdp2MbN6dgVxYcED2O31mkXHhq1XU5mwzXlQk32Dla8
        qYAKiDOPf8aohz+QywIDAQAB
        -----END PUBLIC KEY-----
        """;

    /// <summary>The same key, encrypted.</summary>
    public const string RsaEncrypted = """
        -----BEGIN RSA PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES-128-CBC,12AF65C4961499EC73A4C135E8BEA938
        
        G/G/QFN/P59lJA/62Wc9adtYoRPWIx3E3c/209TzC54t0+z+OnTIlXtpjHicTo8W
        Ad5g6120JEYbFLK60gSH5H2kgB0uHEbCq19w91syHl7J7H67gmJ3WoL3sfwHQWox
        unYLnd6QokGLajIC93p88T9SgKJNMwSvIi1W8izQh+uHSUQHECK0JfmxebJ6Wwfz
        HuKcztNceq2ZT++FXBcreyUnOm0ab18J7JGMMZut4fcoLvM2qgH7ba7u9k/93Cs/
        mz9J+zkPtLnjknpFmbtO3HQUcKcbaYqsn9a9hDXZjHKDejCQxbx7zeARL4QOm/R4
        muH+HdwymHGEwrsNLndc9XXNCH7gJ57bu8ozQMBe1L7w5j3oko4fV6omX5J1+3nq
        j29m8ImpLMk+5F7y2OwapXgYbJCbgz31dW38gUZ4RYpVEchFgMjaqmdhUoaGtJbA
        id0OKitHi88muSRLVg7PryXFzcgeMjkRbu/HtQL7ra9tee8PSPF77rwWIz9mNfQ7
        vx5Hhidrg1VVU2ktcdVeNz0z42LH8Gn0otQQoAKWES7HjP9l99a+3decqGZvrQUG
        Png58nsOXyZrg+gI30b93AAC6BaQcuvSk0DcTSGAACOYK2Q2rY8iYspusVXNQYSt
        LgCYY2o7kZDyHMPEQ1x1EDEQg3VsEF4AqsIMTvqmvLpIL7fMP0oqiL+gi+E6rAmj
        oYTij4jnSNNnD+y7s5OT9FwwUDyg7iKpHhQ6gGpkHqEY9eltuUr1H6r9hPo/GWRI
        3t4EsQkYTQx3P6KUwMgjwdTmiWOpPAeVJkqslMxEnzFftZkjFmM4p1BC/cp9xEUm
        -----END RSA PRIVATE KEY-----
        """;

    /// <summary>P-256, RFC 5915.</summary>
    public const string EcSec1 = """
        -----BEGIN EC PRIVATE KEY-----
        MHcCAQEEIHMyz3rJfizNmmHCwe0EW5SB6cepMMJ90co1zNlORBytoAoGCCqGSM49
        AwEHoUQDQgAER43arhRnH51LfUZbfYaNheJiRTITVmBcN7Glf3zQlhslL6F+hIIp
        jWN9xWLA3G9Mwq28F34rK2Yfv3ybNSQwew==
        -----END EC PRIVATE KEY-----
        """;

    /// <summary>The same key, PKCS #8.</summary>
    public const string EcPkcs8 = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgczLPesl+LM2aYcLB
        7QRblIHpx6kwwn3RyjXM2U5EHK2hRANCAARHjdquFGcfnUt9Rlt9ho2F4mJFMhNW
        YFw3saV/fNCWGyUvoX6EgimNY33FYsDcb0zCrbwXfisrZh+/fJs1JDB7
        -----END PRIVATE KEY-----
        """;

    /// <summary>openssl pkeyutl -sign, without naming a digest, over the octets 0 to 19.</summary>
    public static readonly byte[] RawSignature = Convert.FromHexString(
        "5cbfa6be5f1becb66294c9cb83e93607429cd1202a875898e8fe91da9f38695e8022049955b7fa99f7e2b4ead70c554f92dc065494b5ea3354ada759ffac9e95" +
        "2b2e1f42655599bc83f9e53e9f2ea403e0ccce2b28270c3a4ea5a0db55b9243f03559c2b724b40ad8a3568e444ae35372ac958c479599fc786b4937dc7a9a718");

    /// <summary>openssl pkeyutl -encrypt of the octets 0 to 19.</summary>
    public static readonly byte[] Ciphertext = Convert.FromHexString(
        "95996cc3762cd3f62f39af11a4f2fd10a0abe0a9d3cc27b726370f78858f927d65c685206a8b4a9c412ef2abe9d0418f02799b52eb57166c77b6968f43c7caa6" +
        "b7d7dece83ed8b3544b1aca2473b3657b90005c40e3449cd7405d273ad2ec8a61088995076401ef7b921c6721ffc5f765460aa575e1852e2c909690a73718c3b");

    /// <summary>The octets 0 to 19.</summary>
    public static readonly byte[] Hash = [.. Enumerable.Range(0, 20).Select(i => (byte)i)];
}
