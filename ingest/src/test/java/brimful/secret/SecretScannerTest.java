package brimful.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Drawn;
import brimful.testing.Seeds;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretScannerTest {
  private static final SecretScanner SCANNER = SecretScanner.standard();

  private static List<String> found(String text, Assignments.Kind kind) {
    return SCANNER.scan(text, kind).stream()
        .map(span -> span.rule() + " " + text.substring(span.start(), span.end()))
        .toList();
  }

  private static List<String> found(String text) {
    return found(text, Assignments.Kind.TEXT);
  }

  @Seeds
  void eachRuleFindsItsKindInAnySurroundings(long seed) {
    var random = new Random(seed);
    var tried = new TreeSet<String>();
    for (SampleSecrets.Sample sample : SampleSecrets.all(random).values()) {
      tried.add(sample.rule());
      for (String[] around :
          new String[][] {
            {"", ""},
            {"first line\nkey: ", "\nlast line"},
            {"{\"a\": \"", "\", \"b\": 1}"},
            {"<v>", "</v>"},
            {"\"line\\n", "\\n\""},
            {"?a=1%20", "&b=2"},
          }) {
        String text = around[0] + sample.text() + around[1];

        assertThat(found(text))
            .as(text)
            .anySatisfy(one -> assertThat(one).contains(sample.secret().strip()));
      }
      assertThat(found(sample.text()))
          .as(sample.text())
          .contains(sample.rule() + " " + sample.secret());
    }
    assertThat(tried).containsAll(SecretScanner.RULES.stream().map(SecretRule::name).toList());
  }

  @Test
  void filesOfPasswordsHaveOneInEachLine() {
    String pgpass =
        "# host:port:db:user:pw\ndb.example.org:5432:*:app:blue horse\n*:*:*:me:x\\:y9z8\n";
    String htpasswd =
        "# users\nann:$apr1$s4lt$hAsHhAsHhAsHhAsH\nbob:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=\n";
    String netrc =
        "machine a.example.org login me password tr0ub4dor\ndefault login me\n  password 4711abc\n";

    assertThat(Assignments.kind("home/.pgpass")).isEqualTo(Assignments.Kind.PGPASS);
    assertThat(Assignments.kind("web/.htpasswd")).isEqualTo(Assignments.Kind.HTPASSWD);
    assertThat(found(pgpass, Assignments.Kind.PGPASS))
        .containsExactly("secret-setting blue horse", "secret-setting x\\:y9z8");
    assertThat(found(htpasswd, Assignments.Kind.HTPASSWD))
        .containsExactly(
            "secret-setting $apr1$s4lt$hAsHhAsHhAsHhAsH",
            "secret-setting {SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=");
    assertThat(found(netrc, Assignments.kind(".netrc")))
        .containsExactly("secret-setting tr0ub4dor", "secret-setting 4711abc");
    assertThat(found("See host:port:db:user:password\nann:hello\n")).isEmpty();
    assertThat(found("host:5432:db\n\n", Assignments.Kind.PGPASS)).isEmpty();
  }

  @Test
  void aPasswordOfCurlIsFound() {
    assertThat(
            found(
                "curl -u ann:hunter2go https://a.org\n"
                    + "curl -sSu 'bob:open sesame' x; curl --user=eve:4711abc https://b.org \n"
                    + "curl -X POST \\\n  -H 'A: b' \\\n  --user \"me:tr0ub4dor\" https://c.org\n"))
        .containsExactly(
            "curl-password hunter2go",
            "curl-password open",
            "curl-password 4711abc",
            "curl-password tr0ub4dor");
    assertThat(
            found(
                "curl -u $USER:$PASSWORD https://a.org\ncurl -u user:password https://a.org\n"
                    + "curl -u <user>:<password> x\ncurl -o a:b https://a.org/u:v\n"
                    + "curl https://a.org | sort -u key:value1\n"
                    + "curling is a sport -u ann:hunter2go\n"
                    + "curl -u ann https://a.org:8080/path\n"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "define( 'DB_PASSWORD', '#' );",
        "props.put(\"db.password\", \"#\");",
        "os.Setenv(\"API_TOKEN\", \"#\")",
        "var apiToken string = \"#\"",
        "const password: string = '#';",
        "val secret : String = \"#\"",
        "static const char *password = \"#\";",
        "let token: &str = \"#\";",
        "token: `#`,",
        "password = \"\"\"#\"\"\"",
        "api_token = '''#'''",
        "<property name=\"password\" value=\"#\"/>",
        "<add key='ApiToken'\n    value='#' />",
        "builder.password(\"#\").build();",
        "client.setApiKey( '#' )",
        "run --password # --port 80",
        "run --auth-token '#'",
        "ALTER ROLE y WITH PASSWORD '#';"
      })
  void isFoundWhereNoOperatorStandsBeforeIt(String text) {
    assertThat(found(text.replace("#", "zK3v9QmX2tLp8Rw5")))
        .containsExactly("secret-assignment zK3v9QmX2tLp8Rw5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the token `getUserToken2` and the secret \"of 3 words\"",
        "assertThrows(() -> parse(\"password\", \"user1name\"))",
        "getPassword(\"keystore.location\")",
        "private Token token = new Token(\"abc1\");",
        "mysql -h host -port 3306 | sort -p2",
        "see the docker login page -path a1/b2, and mysql-password",
        "List.of(\"password\", \"token\", \"secret\")",
        "\"auth\": \"required\"",
        "run --token-file /etc/tokens/a1b2 --password-stdin",
        "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJ2VENDQVdNQ0FRQXdGakVVTUJJR0ExVUVBd3dMWTJF"
      })
  void namesAndManualsHaveNone(String text) {
    assertThat(found(text)).isEmpty();
  }

  @Test
  void ordinaryTextHasNone() {
    var random = new Random(1);
    List<String> ordinary =
        List.of(
            "commit 5179a3260ac06359495426692c9cae048e8c1da7",
            "\"integrity\": \"sha512-" + Drawn.text("[A-Za-z0-9+/]{86}==", random) + "\"",
            "data:image/png;base64," + Drawn.text("[A-Za-z0-9+/]{4000}", random),
            "id = \"123e4567-e89b-12d3-a456-426614174000\"",
            "AKIAIOSFODNN7EXAMPLE",
            "ghp_" + "x".repeat(36),
            "if (tokenLength == ISO_8601_TIMESTAMP_LENGTH) {",
            "token = tokenizer.next(line2, column3)",
            "password = getPasswordFromKeystore2(user1)",
            "ssl.keystore.password=${file:/etc/kafka/secrets.properties:keystore}",
            "SECRET_KEY = os.environ['SECRET_KEY_2024_PRODUCTION']",
            "password: changeme",
            "https://user:password@example.com/",
            "postgres://myuser:mypass@localhost/somedatabase",
            "http://localhost:8080/a@b",
            "class BearerTokenAuthenticationFilterV2Test",
            "static final String HEADER = \"-----BEGIN PRIVATE KEY-----\";\n"
                + "static final String FOOTER = \"-----END PRIVATE KEY-----\";",
            "-----BEGIN CERTIFICATE-----\n"
                + Drawn.text("[A-Za-z0-9+/]{64}", random)
                + "\n-----END CERTIFICATE-----",
            "the token bucket holds 1000 tokens: token_count=1000000000000000");
    for (String text : ordinary) {
      assertThat(found(text)).as(text).isEmpty();
    }
  }

  @Test
  void aPasswordOfAPersonIsOneInSettingsAndNoneInCode() {
    assertThat(found("db.password=Tr0ub4dor&3", Assignments.Kind.TEXT)).isEmpty();
    assertThat(found("db.password=Tr0ub4dor_3\nport=1", Assignments.Kind.SETTINGS))
        .containsExactly("secret-setting Tr0ub4dor_3");
    assertThat(found("password=\"ab1c$\\\\d!Ef9\"\n", Assignments.Kind.SETTINGS))
        .containsExactly("secret-setting ab1c$\\\\d!Ef9");
    assertThat(found("password: correct-horse\n", Assignments.Kind.SETTINGS)).isEmpty();
    String json = "{\n \"password\": \"Kx9!vQz27#mmPq\",\n \"other\": 1}";
    for (String name : List.of("app/config.json", "appsettings.Production.json", "a.tfstate")) {
      assertThat(found(json, Assignments.kind(name)))
          .containsExactly("secret-setting Kx9!vQz27#mmPq");
    }
    assertThat(found(json, Assignments.kind("tsconfig.json"))).isEmpty();
  }

  @Test
  void anyValueIsOneInAFileOfSecrets() {
    String text =
        """
        # local
        export DB_PASS=hunter2hunter
        STRIPE_KEY="correct horse" # billing
        machine example.org login me password letmein
        API_TOKEN=your-token-here
        SECRET=${FROM_VAULT}
        PORT=8080
        KEYBOARD=german
        """;

    assertThat(found(text, Assignments.kind("app/.env.production")))
        .containsExactly("secret-setting hunter2hunter", "secret-setting correct horse");
    assertThat(found("password letmein\n", Assignments.kind(".netrc")))
        .containsExactly("secret-setting letmein");
    assertThat(found(text, Assignments.kind("notes.txt"))).isEmpty();
    assertThat(found(text, Assignments.kind(".env.example"))).doesNotContain("letmein");
  }

  @Test
  void aPrivateKeyIsFoundInEveryWriting() {
    var random = new Random(7);
    for (String kind : List.of("", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED ")) {
      for (String lineBreak :
          List.of("\n", "\\n", "\\\\n", "\\r\\n", "\\n\" +\n    \"", "\n> ", "\n\n")) {
        String key = SampleSecrets.privateKey(random, kind, lineBreak).secret();

        List<String> found = found("before\n" + key + "\nafter");

        assertThat(found).as(key).containsExactly("private-key " + key);
      }
    }
  }

  @Test
  void aKeyWithoutItsEndGoesOnAsLongAsItsLinesLookLikeOne() {
    String key = SampleSecrets.privateKey(new Random(3), "RSA ", "\n").secret();
    String cut = key.substring(0, key.indexOf("-----END"));

    List<String> found = found(cut + "The rest of the page is text.\n");

    assertThat(found).containsExactly("private-key " + cut.strip());
  }

  @Seeds
  void theTimeIsLinearInHostileText(long seed) {
    var random = new Random(seed);
    List<String> parts = new ArrayList<>();
    SecretScanner.RULES.forEach(rule -> parts.addAll(rule.keywords()));
    parts.addAll(List.of("-----BEGIN RSA PRIVATE KEY-----", "password=", "\\neyJ", "://", "\""));
    String part = parts.get(random.nextInt(parts.size()));

    // Quadratic, this would be 10^12 steps.
    List<SecretSpan> spans =
        SCANNER.scan(part.repeat(1_000_000 / part.length()), Assignments.Kind.SECRETS);

    assertThat(spans).allMatch(span -> span.end() > span.start());
  }

  @Test
  void theLoginOfARegistryMayBeALongToken() {
    String login = Base64.getEncoder().encodeToString(bytes(1_800));

    assertThat(found("{\"auths\": {\"ecr.example.org\": {\"auth\": \"" + login + "\"}}}"))
        .containsExactly("docker-authorization " + login);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\n    "})
  void anEncodedPrivateKeyGoesOnInTheNextLines(String lineBreak) {
    for (int size = 1_160; size < 1_230; size++) {
      String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes(size));
      String pem = "-----BEGIN RSA PRIVATE KEY-----\n" + body + "\n-----END RSA PRIVATE KEY-----\n";
      String wrapped =
          Base64.getMimeEncoder(76, lineBreak.getBytes(UTF_8)).encodeToString(pem.getBytes(UTF_8));

      List<String> found = found("key: |\n" + wrapped + "\nAnother line\n");

      assertThat(found).hasSize(1);
      String secret = found.getFirst().substring("encoded-private-key ".length());
      assertThat(wrapped).startsWith(secret);
      // What may stay is the mark of the key's end.
      assertThat(wrapped.substring(secret.length()).strip()).hasSizeLessThanOrEqualTo(40);
    }
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }
}
