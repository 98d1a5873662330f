/// The words that make a name sensitive or harmless.
enum KeyWords {
    /// Words that make a name sensitive wherever they stand in it.
    static let secrets = WordSet(
        words: """
            password passwords passwd pwd passphrase passcode passwort kennwort privatekey secretkey accesskey secret secrets credential credentials apikey apikeys dsn jwt
            bearer csrf xsrf otp totp cvv cvc ssn mnemonic phpsessid jsessionid aspsessionid sessionid sessid cfduid
            """
    )

    /// Names of headers whose values can have several parts.
    static let headers = WordSet(words: "authorization cookie cookies setcookie")

    /// Ends of words that were written together, such as `dbpassword` and `accesstoken`.
    static let suffixes = [
        "password", "passwd", "passphrase", "apikey", "secret", "privatekey", "secretkey", "accesskey", "sessionid",
        "token",
    ]

    /// Whole names that are sensitive, without separators.
    static let names = WordSet(
        words: """
            auth session aiohttpsession usersession symfony connectsid sid pass twofactor webhook sas pgpass
            """
    )

    /// Words before `key` that make it a secret.
    static let beforeKey = WordSet(
        words: """
            api private secret access encryption encrypt decryption signing sign master account shared subscription auth
            authentication service app client ssh rsa pgp gpg hmac aes session storage webhook deploy admin root license
            anthropic openai azure aws gcp google gemini mistral groq cohere stripe sentry datadog newrelic sendgrid
            twilio pagerduty github gitlab slack ingest integration recovery
            """
    )

    /// Words before `pass` that make it a password.
    static let beforePass = WordSet(
        words: "db user smtp imap mysql pg postgres redis admin root ftp http proxy basic ssh")

    /// Words before `token` that make it a unit of text, a cursor or a signal.
    static let beforeToken = WordSet(
        words: """
            per first last stop eos bos pad unk mask sep cls special next prev previous page max min total input output
            prompt completion cached reasoning each one cancellation cancel continuation start end begin think thinking
            image audio draft target current new unknown lexer parser syntax
            """
    )

    /// Words after `auth` that leave it a secret.
    static let afterAuth = WordSet(words: "header code key data string cookie")

    /// Last words that make a name speak about a secret instead of being one: `password_length`, `token_count`.
    static let tails = WordSet(
        words: """
            count counts length len size type types kind name names policy expired expires expiry expiration at in enabled
            disabled required valid invalid present age strength attempts status state version rotation ttl limit limits
            usage used budget index indexes format method scheme provider endpoint path file filename store manager service
            url uri domain consent banner ms seconds rate total max min cost price bucket changed updated created rotated
            error errors field class parser handler vault jar variable source ref arn issuer audience algorithm alg scope
            scopes lifetime window
            """
    )

    /// First words that make a name a question or an amount: `has_password`, `num_secrets`.
    static let heads = WordSet(
        words:
            "is has needs requires require required use uses no num number missing allow show hide forgot max min total enable"
    )

    /// Query items that are secrets in URLs, besides the names that are secrets anywhere.
    static let query = WordSet(words: "sig signature awsaccesskeyid xgoogsignature xamzsignature xamzcredential")

    /// Query items that are secrets when their values are long: `?key=AIza…`, `?code=` at the end of an OAuth login.
    static let longQuery = WordSet(words: "key code state auth sid session assertion ticket")
}
