package brimful.secret;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.extract.Section;
import brimful.testing.Seeds;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Passwords of people: after names, in columns and in connection strings.
final class PasswordsTest {
  private static String masked(String file, String... texts) {
    var mask = new SecretMask();
    var all = new StringBuilder();
    for (String text : texts) {
      var section = new Section(new Locator.Lines(1, 999), text);
      for (Section one : mask.masked(new DocumentId(file), List.of(section))) {
        all.append(one.text());
      }
    }
    return all.toString();
  }

  private static String masked(String text) {
    return masked("notes.txt", text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password = #",
        "Password: #",
        "db_password=\"#\"",
        "{\"password\": \"#\"}",
        "<password>#</password>",
        "the passphrase: #\nand more",
        "mysqldump --password=#",
        "run --password # --port 80",
        "run --db-password='#'",
      })
  void lettersAloneAreAPasswordIfTheyAreMany(String text) {
    assertThat(masked(text.replace("#", "correcthorsebattery")))
        .isEqualTo(text.replace("#", "[secret: secret-setting]"));
  }

  @Test
  void fewerLettersAreOneInSettings() {
    assertThat(masked("app.properties", "db.password=sunshines\nport=1\n"))
        .isEqualTo("db.password=[secret: secret-setting]\nport=1\n");
    assertThat(masked("app.yml", "password: required\npassword: ${sunshines}\n"))
        .doesNotContain("[secret");
    assertThat(masked("app.yml", "password.encoder: sunshines\ntoken: sunshines\n"))
        .doesNotContain("[secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password = getPassword()",
        "password: string",
        "password: your password here",
        "token = tokenizer.next()",
        "password = correcthorsebattery;",
        "password = correcthorsebattery.next()",
        "password == correcthorsebattery",
        "password = correctHorseBatteryStaple",
        "passwordEncoder = correcthorsebattery",
        "token = correcthorsebattery",
        "\"password\": \"passwordconfirmation\"",
        "password: undefinedbydefault",
        "run --password-file=correcthorsebattery --password-stdin",
        "run --password <password> --password=$PASSWORD --password=secret",
        "the option --password takes one value, and --password prompts",
        "'--password='.$connection['password'],",
        "connect(user=user, password=password1, host=host)",
        "a;password=enabled;b",
        "Server=myServer;Database=myDb;User Id=myUsername;Password=myPassword;",
        "jdbc:mysql://localhost/db?user=root&password=secret",
        "root:password@tcp(localhost:3306)/db",
        "jdbc:oracle:thin:scott/tiger@localhost:1521:xe",
      })
  void codeAndManualsHaveNone(String text) {
    assertThat(masked(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Server=db;Database=crm;User Id=sa;Password=#;Encrypt=true",
        "DRIVER={ODBC Driver 18};SERVER=db;UID=sa;PWD=#",
        "\"Data Source=db;Initial Catalog=crm;Uid=app;Pwd=#;\"",
        "jdbc:mysql://db.internal/crm?user=app&password=#&useSSL=true",
        "jdbc:sqlserver://db.internal;user=app;password=#;",
        "host=db.internal port=5432 dbname=crm user=app password=#",
        "psql \"host=db.internal dbname=crm password=# sslmode=require\"",
      })
  void aConnectionStringHasAPassword(String text) {
    assertThat(masked(text.replace("#", "hunter2go")))
        .isEqualTo(text.replace("#", "[secret: connection-password]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "app:#@tcp(db.internal:3306)/crm",
        "jdbc:oracle:thin:app/#@//db.internal:1521/crm",
        "redis://:#@cache.internal:6379/0",
        "amqps://app:#@mq.internal/vhost",
        "mongodb+srv://app:#@cluster0.ab1cd.mongodb.net/crm",
      })
  void anAddressOfADatabaseHasAPassword(String text) {
    assertThat(masked(text.replace("#", "hunter2go"))).doesNotContain("hunter2go");
  }

  @Test
  void columnsOfPasswordsAreMaskedInFilesOfValues() {
    assertThat(
            masked(
                "users.csv",
                "name,password,mail\nann,letmein,a@x.org\n\"b, ob\",\"a, \"\"b\"\" c\",b@x.org\n",
                "eve,4711,e@x.org\nfay,,f@x.org\n\nname,colour\nann,purpleish\n"))
        .isEqualTo(
            """
            name,password,mail
            ann,[secret: table-password],a@x.org
            "b, ob","[secret: table-password]",b@x.org
            eve,[secret: table-password],e@x.org
            fay,,f@x.org

            name,colour
            ann,purpleish
            """);
    assertThat(masked("users.tsv", "user\tDB Password\nann\tlet me in\nbob\tnull\n"))
        .isEqualTo("user\tDB Password\nann\t[secret: table-password]\nbob\tnull\n");
    assertThat(masked("users.csv", "user;Passwort\r\nann;letmein\r\n"))
        .isEqualTo("user;Passwort\r\nann;[secret: table-password]\r\n");
  }

  @Test
  void columnsOfPasswordsAreMaskedInTablesOfText() {
    assertThat(
            masked(
                "team.md",
                """
                | user | **Password** | role |
                |------|:------------:|------|
                | ann  | hunter2go    | dev  |
                | bob  | `Tr0ub4dor&3` | ops |
                | eve  | correcthorsebattery | ops |
                | fay  | ask Ann      | ops  |

                after 2, 3
                """))
        .isEqualTo(
            """
            | user | **Password** | role |
            |------|:------------:|------|
            | ann  | [secret: table-password]    | dev  |
            | bob  | `[secret: table-password]` | ops |
            | eve  | [secret: table-password] | ops |
            | fay  | ask Ann      | ops  |

            after 2, 3
            """);
  }

  @Test
  void columnsOfPasswordsAreMaskedInPagesAndWhatIsReadOfThem() {
    String page =
        """
        <table class="a"><tr><th>User</th><th scope=col><b>Password</b></th></tr>
        <tr><td>ann</td><td>hunter2go</td></tr>
        <TR><TD>bob<TD><code>Tr0ub4dor</code>
        <tr><td colspan=2>2of2items</td></tr></table><p>hunter2go</p>
        """;

    assertThat(masked("page.html", page))
        .isEqualTo(
            page.replace("<td>hunter2go", "<td>[secret: table-password]")
                .replace("Tr0ub4dor", "[secret: table-password]"));
    assertThat(masked("page.html", "User | Password | Mail\nann | hunter2go | a\nbob | 4dor4go\n"))
        .isEqualTo(
            "User | Password | Mail\nann | [secret: table-password] | a\nbob | [secret: table-password]\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "apt\tpackage-1\t1.0\napt\tpasswd\t4.13\napt\tlibc6-dev\t2.36\n",
        "<td>password</td><td>hunter2go</td>",
        "<table><tr><td>password</td><td>a</td></tr><tr><td>app1name</td><td>b</td></tr></table>",
        "| mechanism | password | token |\n|---|---|---|\n| PLAIN | required | no |\n| MFA | unsupported | v2.1 |\n",
        "| option | what for |\n|---|---|\n| password | the1word |\n| user | app1name |\n",
        "the user, password and host\nann, hunter2go and db1\n",
        "password\nhunter2go\n",
        "| password | n |\n\n| hunter2go | 1 |\n",
      })
  void otherTablesAreNotMasked(String text) {
    assertThat(masked("manual.md", text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "> Authorization: Bearer #",
        "{\"headers\":{\"Authorization\":[\"Bearer #\"]}}",
        "{\\\"Authorization\\\":\\\"Bearer #\\\"}",
        "headers={Authorization=[Bearer #]}",
        "authorization: token #",
        "-H 'Authorization: Bearer #' https://a.org",
      })
  void headersInLogsHaveATokenOfHexDigits(String text) {
    String token = "5f4dcc3b5aa765d61d8327deb882cf99";

    assertThat(masked(text.replace("#", token))).doesNotContain(token).contains("[secret: ");
    assertThat(masked(text.replace("#", "your-access-token"))).doesNotContain("[secret: ");
  }

  @Seeds
  void timeIsLinearInHostileTables(long seed) {
    List<String> lines =
        List.of(
            "a,password\n",
            "|password|pwd|\n",
            "a\tpassword\n",
            "password=a;",
            ";pwd=b1;c=d;",
            "<tr><th>password",
            "<tr><td>a>password",
            "<th>pwd</th>");
    String line = lines.get(new Random(seed).nextInt(lines.size()));

    // Quadratic, this would be 10^11 steps.
    String text = line.repeat(4_000_000 / line.length());

    assertThat(masked("a.csv", text).lines().count()).isEqualTo(text.lines().count());
  }
}
