import MonitoringCore
import Testing

@Suite struct SensitiveKeyTests {
    private static let redactor = Redactor()

    @Test(arguments: [
        "password", "Password", "PASSWORD", "passwd", "pwd", "my_password", "password2", "userPassword", "dbpassword",
        "PGPASSWORD",
        "secret", "the_secret", "client_secret", "clientSecret", "CLIENT-SECRET", "clientsecret",
        "aws_secret_access_key",
        "api_key", "apikey", "apiKey", "API_KEY", "APIKey", "X-Api-Key", "x.api.key", "X_API_KEY", "api key",
        "openai_api_key",
        "token", "access_token", "accessToken", "accesstoken", "refresh_token", "session_token", "id_token",
        "csrf_token",
        "XSRF-TOKEN", "x_csrftoken", "csrf", "_csrf", "_xsrf", "X-Amz-Security-Token", "bot_token", "token_value",
        "authorization", "Authorization", "Proxy-Authorization", "proxy_authorization", "auth", "basic_auth",
        "auth_header",
        "cookie", "Cookie", "set-cookie", "Set_Cookie", "set_cookie", "cookies", "http.request.header.cookie",
        "http.request.header.authorization", "dsn", "SENTRY_DSN", "private_key", "private-key", "privatekey",
        "privateKey",
        "credentials", "credential", "mysql_pwd", "db_pass", "smtp.pass", "webhook_url", "slackWebhookURL", "webhook",
        "otp",
        "two-factor", "two_factor", "cvv", "ssn", "jwt", "passphrase", "signing_key", "encryption-key", "access_key_id",
        "session", "_session", "user_session", "aiohttp_session", "sessionid", "PHPSESSID", "connect.sid", "symfony",
        "seed_phrase",
    ])
    func `the name of a secret is sensitive`(key: String) {
        #expect(Self.redactor.isSensitive(key: key))
    }

    @Test(arguments: [
        "", "_", "token_count", "max_tokens", "tokens", "gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens",
        "tokenizer",
        "next_token", "nextPageToken", "eos_token", "cost_per_token", "time_to_first_token", "token_type", "author",
        "authors",
        "authored_by", "keyboard", "keyboard-layout", "monkey", "primary_key", "foreign_key", "cache_key", "sort_key",
        "key",
        "idempotency_key", "partitionKey", "passenger", "passed", "pass_count", "compass", "secretary", "secretariat",
        "hotpot",
        "session_id", "sessionId", "session.id", "sessions", "user", "email", "theme", "host", "User-Agent", "Accept",
        "traceparent", "baggage", "sentry-trace", "x-user-id", "consider", "inside", "password_length",
        "passwordMinLength",
        "has_password", "is_secret", "password_changed_at", "secret_name", "cookie_domain", "token_url", "token.limit",
        "authenticated", "authentication_method", "oauth_state", "gen_ai.request.model", "db.query.text", "signature",
        "hash",
    ])
    func `another name is not`(key: String) {
        #expect(!Self.redactor.isSensitive(key: key))
    }

    @Test func `a host adds names, and they fit the end of a dotted one`() {
        var redaction = Monitor.Redaction()
        redaction.additionalKeys = ["Patient-Name", "iban"]
        let redactor = Redactor(redaction)
        for key in ["patient_name", "patientName", "form.patient.name", "IBAN", "payment.iban"] {
            #expect(redactor.isSensitive(key: key))
        }
        #expect(!redactor.isSensitive(key: "name"))
        #expect(redactor.redact("iban=DE00123 bic=X") == "iban=[redacted] bic=X")
    }

    @Test func `a host allows names`() {
        var redaction = Monitor.Redaction()
        redaction.allowedKeys = ["continuation-secret"]
        let redactor = Redactor(redaction)
        #expect(!redactor.isSensitive(key: "continuation_secret"))
        #expect(redactor.isSensitive(key: "secret"))
        #expect(redactor.redact("continuationSecret=abc secret=abc") == "continuationSecret=abc secret=[redacted]")
    }

    @Test func `of an endless name the end decides`() {
        let redactor = Redactor()
        #expect(redactor.isSensitive(key: String(repeating: "x_", count: 100_000) + "password"))
        #expect(!redactor.isSensitive(key: "password" + String(repeating: "_x", count: 100_000)))
    }
}
