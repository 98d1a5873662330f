import MonitoringCore
import Testing

@Suite struct URLRedactionTests {
    @Test(arguments: [
        ("https://u:p@h/x", "https://REDACTED:REDACTED@h/x"),
        ("https://user@example.com/", "https://REDACTED:REDACTED@example.com/"),
        ("https://u:p@ss@h:8080/x?y=1", "https://REDACTED:REDACTED@h:8080/x?y=1"),
        ("ssh://git@github.com/a/b.git", "ssh://git@github.com/a/b.git"),
        (
            "https://h/?AWSAccessKeyId=A&Signature=S&Expires=1",
            "https://h/?AWSAccessKeyId=REDACTED&Signature=REDACTED&Expires=1"
        ),
        ("https://h/?sig=a%2Bb&sv=1", "https://h/?sig=REDACTED&sv=1"),
        (
            "https://h/?X-Goog-Signature=s&X-Amz-Signature=t&X-Amz-Credential=c&X-Amz-Security-Token=d",
            "https://h/?X-Goog-Signature=REDACTED&X-Amz-Signature=REDACTED&X-Amz-Credential=REDACTED&X-Amz-Security-Token=REDACTED"
        ),
        ("https://h/?password=a,b;c)d&x=1#top", "https://h/?password=REDACTED&x=1#top"),
        ("https://h/cb#access_token=abc&token_type=bearer", "https://h/cb#access_token=REDACTED&token_type=bearer"),
        ("/relative?api_key=zzz&q=1", "/relative?api_key=REDACTED&q=1"),
        ("https://hooks.slack.com/services/T0/B0/XXXX", "https://hooks.slack.com/services/REDACTED"),
        ("https://discord.com/api/webhooks/123456/abcdef", "https://discord.com/api/webhooks/REDACTED"),
        ("https://h/users/bob@example.com/inbox", "https://h/users/REDACTED/inbox"),
        ("https://h/?email=bob@example.com&x=1", "https://h/?email=REDACTED&x=1"),
        ("https://h/?token=&password", "https://h/?token=&password"),
        ("https://example.com/a/b?page=2", "https://example.com/a/b?page=2"),
        ("", ""), ("?", "?"), ("://", "://"), ("https://@/", "https://@/"), ("a://b@", "a://REDACTED:REDACTED@"),
    ])
    func `a URL stays one`(url: String, expected: String) {
        let redactor = Redactor()
        #expect(redactor.redact(url: url) == expected)
        #expect(redactor.redact(url: expected) == expected)
        #expect(redactor.redact(expected) == expected)
    }

    @Test func `URL rules can be switched off`() {
        var redaction = Monitor.Redaction()
        redaction.urlCredentials = false
        #expect(
            Redactor(redaction).redact("redis://:pw@cache/ https://h/?sig=abc")
                == "redis://:pw@cache/ https://h/?sig=abc")
    }
}
