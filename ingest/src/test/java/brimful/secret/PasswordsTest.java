package brimful.secret;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.extract.Section;
import java.util.List;
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
    for (String word :
        List.of("nullable", "lowercase", "uppercase", "valuefrom", "confirmed", "promptuser")) {
      assertThat(masked("app.yml", "password: " + word + "\n")).doesNotContain("[secret");
    }
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
        "e.password=option1;e.user=n;",
        "let password=value1;user=2;",
        "$user=1;$password=$row1;",
        "Server=db;Uid=sa;Password=${DB_PASSWORD1};",
        "Server=db;Uid=sa;Password=$DB_PASSWORD1;",
        "Server=db;Uid=sa;Password={password};",
        "\"Server=db;Uid=sa;Password=\"+pw1+\";Port=1\"",
        "Server=db;Uid=sa;Password=%s;Port=1",
        "Server=db;Uid=sa;Password=getPass1();",
        "root:my-password@tcp(localhost:3306)/db",
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
        "jdbc:sqlserver://db.internal;user=app;trustStorePassword=#;encrypt=true",
        "log in by Password=#;User Id=sa;",
        "log in by password=#;uid=sa;server=db;",
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
        "Pa$$w0rd99",
        "S3cret{x}9",
        "a1b2%3D9z",
        "Sunshine",
        "'hunter2go'",
        "\"hunter2go\"",
        "{hunter2go}",
        "$ecret99x"
      })
  void aPasswordOfAConnectionStringHasSignsAndQuotes(String password) {
    String bare = password.replaceAll("^['\"{](.*)['\"}]$", "$1");

    assertThat(masked("Server=db;Uid=sa;Password=" + password + ";Encrypt=true"))
        .isEqualTo(
            "Server=db;Uid=sa;Password="
                + password.replace(bare, "[secret: connection-password]")
                + ";Encrypt=true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pass2Go99x", "testing4you", "root99x!", "myHorse77x", "Secret!2024x"})
  void aPasswordMayBeginLikeAWordOfAManual(String password) {
    assertThat(masked("app:" + password + "@tcp(db.internal:3306)/crm")).doesNotContain(password);
    assertThat(masked("jdbc:oracle:thin:app/" + password + "@//db.internal:1521/crm"))
        .doesNotContain(password);
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name,password,note\nann,#,\"two\nlines\"\nbob,#,x\n",
        "name,password,note\nann,#\nbob,#,x,y\n",
        "name,password,note\nann,#,a\n\n\nbob,#,b\n",
        "name,password,note\nann,#,a\n# old\nbob,#,b\n",
        "name,password,note\nann,#,\"a\nbob,#,b\neve,#,\"c\"\n",
        "name,password,note\nann,\"#,a\nbob,#,b\n",
        "\nname,password\nann,#\n",
        "Users of 2024\nname,password\nann,#\n",
        "sep=;\nname;password\nann;#\nbob;#\n",
        "sep=,\r\nname,password\r\nann,#\r\n",
        "name|password\nann|#\n",
        "password\n#\n#\n",
        "name,password\nann,#\n\nid,name,password\n1,bob,#\n",
        "password,#\nserver,database\nport,3306\n",
        "key,value\nserver,database\npassword,#\nport,3306\n",
      })
  void aColumnOfAFileOfValuesGoesOnToItsEnd(String text) {
    assertThat(masked("a.csv", text.replaceAll("#(?! old)", "moon4you")))
        .isEqualTo(text.replaceAll("#(?! old)", "[secret: table-password]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$ecret99",
        "#Secure2024",
        "/root99x",
        "Changeme2024!",
        "testing123",
        "-dash99",
        "(paren)"
      })
  void anyValueBelowAHeadingIsOneInAFileOfValues(String value) {
    assertThat(masked("a.csv", "name,password\nann," + value + "\n")).doesNotContain(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"empty", "NULL", "None", "${PASSWORD}", "****", "--------", "<hidden>"})
  void whatStandsForNoValueIsNoneInAFileOfValues(String value) {
    String text = "name,password\nann," + value + "\n";

    assertThat(masked("a.csv", text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "question,answer\nhow to,see\nreset my password,step1ofmany\nother,step2ofmany\n",
        "reset my password,see page1ofmany\nlock the screen,page2ofmany\n",
        "name,colour\nann,green4\npassword,see page 4\nbob,yellow77\n",
      })
  void aRowThatNamesAPasswordIsNoHeadingInAFileOfValues(String text) {
    assertThat(masked("faq.csv", text)).isEqualTo(text);
  }

  @Test
  void columnsOfPasswordsAreMaskedInSheets() {
    assertThat(
            masked(
                "users.xlsx",
                "User | Password | Note\nann | letmein | a\nbob\neve | Changeme2024! | b\n"))
        .isEqualTo(
            """
            User | Password | Note
            ann | [secret: table-password] | a
            bob
            eve | [secret: table-password] | b
            """);
  }

  @Test
  void aRowOfNameAndValueIsMaskedInText() {
    assertThat(masked("notes.txt", "user | app\npassword | hunter2go\nport | 4dor4go\n"))
        .isEqualTo("user | app\npassword | [secret: table-password]\nport | 4dor4go\n");
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
        "<table><tr><th>password</th><td>a</td></tr><tr><td>app1name</td><td>b</td></tr></table>",
        "| how to | reset my password |\n| step1ofmany | step2ofmany |\n",
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
}
