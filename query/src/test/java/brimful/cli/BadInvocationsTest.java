package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a person gets who asks for something that cannot be: one line, and the code that `--help`
/// lists.
final class BadInvocationsTest {
  /// Files of the folder that the command lines name as `D`.
  private static final Map<String, String> FILES =
      Map.ofEntries(
          Map.entry("corpus/note.md", "# Note\n\nThe broker rebalances at noon.\n"),
          Map.entry("binary/blob.bin", "\u0000\u0001\u0002\u0000\u0000\u0003\u0000"),
          Map.entry("good.csv", "id,question\na,Why?\n"),
          Map.entry("unclosed.csv", "id,question\na,Why?\nb,\"What now?\nc,Who?\n"),
          Map.entry("surplus.csv", "id,question\na,Why?\nb,Well, why?\n"),
          Map.entry("no-id.csv", "question,type\nWhy?,text\n"),
          Map.entry("no-question.csv", "id,type\na,text\n"),
          Map.entry("unknown.csv", "id,question,colour\na,Why?,red\n"),
          Map.entry("column-twice.csv", "id,question,ID\na,Why?,b\n"),
          Map.entry("id-twice.csv", "id,question\na,Why?\nb,Who?\na,What?\n"),
          Map.entry("blank-id.csv", "id,question\n,Why?\n"),
          Map.entry("blank-question.csv", "id,question\na,\n"),
          Map.entry("bad-id.csv", "id,question\nto be,Why?\n"),
          Map.entry("bad-type.csv", "id,question,type\na,Why?,colour\n"),
          Map.entry("no-choices.csv", "id,question,type\na,Why?,choice\n"),
          Map.entry("only-head.csv", "id,question\n"),
          Map.entry("zip.csv", "PK\u0003\u0004what Excel writes"),
          Map.entry("bad.jsonl", "{\"id\": \"a\", \"question\": \"Why?\"}\n{\"id\": \"b\", \n"),
          Map.entry("array.jsonl", "[1, 2]\n"),
          Map.entry("bad.yaml", "- id: a\n  question: \"Why?\n- id: b\n"),
          Map.entry("no-list.yaml", "id: a\nquestion: Why?\n"),
          Map.entry("bad-schema.json", "{\"properties\": "),
          Map.entry("junk.csv.ledger", "this is no ledger, it is some text"),
          Map.entry("gold.jsonl", "{\"query\": \"why?\", \"gold\": [\"note.md\"]}\n"),
          Map.entry("bad-gold.jsonl", "{\"query\": \"why?\", \"gold\": [\"a\"]}\n{\"query\": \n"),
          Map.entry("queries.jsonl", "{\"query\": \"why?\"}\n{\"query\"\n"),
          Map.entry("empty.txt", "\n\n"),
          Map.entry("kafka.properties", "bootstrap.servers=other:9092\n"),
          Map.entry("escape.properties", "sasl.jaas.config=\\u12\n"),
          Map.entry("h-name/config.properties", "nonsense=1\n"),
          Map.entry("h-model/config.properties", "model=deepseek-flsh\n"),
          Map.entry("h-escape/config.properties", "model=\\u12\n"),
          Map.entry("h-json/models.json", "{\"models\": [\n"),
          Map.entry(
              "h-window/models.json",
              "{\"models\": [{\"id\": \"m\", \"provider\": \"local\", \"window_tokens\": -1}]}"),
          Map.entry("h-keys/keys.json", "{\"keys\": [{\"name\": \"a b\"}]}"));

  @TempDir Path folder;

  @BeforeEach
  void writeFiles() throws IOException {
    Files.createDirectories(folder.resolve("empty"));
    for (Map.Entry<String, String> file : FILES.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    Files.write(
        folder.resolve("latin.csv"),
        "id,question\na,Größe?\n".getBytes(StandardCharsets.ISO_8859_1));
  }

  /// @param words of the command line, with variables of the environment before it; `D` is the
  ///   folder, `Q` and `B` are the batch of good questions up to its output and without it, and ~
  ///   is an empty word
  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          64 | unknown command puck: did you mean pack\\?; see  | puck D/corpus
          64 | unknown command nothing: the commands are       | nothing alike
          64 | unknown command --model: put options behind     | --model gpt-5 hello
          64 | options behind the command, as in brimful pack  | --model gpt-5 pack D/corpus
          64 | to ask about it, write brimful ask .*corpus     | D/corpus
          64 | question, write brimful ask . "hello"           | hello
          64 | unknown option --budgt: did you mean --budget   | pack D/corpus --budgt 8k
          64 | unknown option -i: see brimful pack             | pack D/corpus -i 8k
          64 | unknown option --nope                           | pack D/corpus --nope
          64 | did you mean --budget\\?                        | pack D/corpus --budge=10
          64 | option -x.md: a file of that name is ./-x.md    | pack -x.md
          64 | --nope=a.md: see brimful pack --help            | pack D/corpus --nope=a.md
          64 | --budget 0 is too small: write it like 8000     | pack D/corpus --budget 0
          64 | --budget -5 is too small                        | pack D/corpus --budget -5
          64 | --budget 99999999999 is too large               | pack D/corpus --budget 99999999999
          64 | window and the receipt both go to .*same.xml    | pack D/corpus -o D/same.xml --receipt D/no/../same.xml
          64 | window and the receipt both go to standard out  | pack D/corpus --receipt -
          64 | --budget has no value                           | pack D/corpus --budget
          64 | no PATH: name a folder                          | pack
          66 | no file or folder ".*nowhere"                   | pack D/nowhere
          64 | did you mean deepseek-flash                     | pack D/corpus --model deepseek-flsh
          64 | give at least                                   | pack D/corpus --budget 10
          64 | "?lots"? is not a number of tokens              | pack D/corpus --budget lots
          64 | unknown rule "nonsense": name one of            | pack D/corpus --keep nonsense
          64 | say xml, markdown or json                       | pack D/corpus --format pdf
          73 | cannot write .*, its folder does not exist      | pack D/corpus -o D/no/where
          73 | cannot write .*: name a file                    | pack D/corpus -o - --receipt D/no/r
          65 | no files in .*empty                             | pack D/empty
          65 | no text in .*binary                             | pack D/binary
          66 | is not a git repository                         | pack D/corpus@nope
          69 | cannot fetch file:///nowhere/r.git              | pack file:///nowhere/r.git
          66 | no collection none                              | pack --collection none
          64 | name either a collection or paths               | pack D/corpus --collection none
          64 | collection name "a/b"                           | pack --collection a/b
          64 | needs a PATH and a QUESTION                     | ask D/corpus
          64 | the question is empty                           | ask D/corpus ~
          64 | --today 0000-01-01: write a day as 2024-05-01   | ask D/corpus why? --today 0000-01-01
          64 | --today .12024-01-01: write a day as            | ask D/corpus why? --today +12024-01-01
          64 | --base-url "nowhere" is not an address          | ask D/corpus why? --base-url nowhere
          69 | no runner answers at http://127.0.0.1:1         | ask D/corpus why? --base-url http://127.0.0.1:1
          69 | refuses the connection                          | ask D/corpus why? -m deepseek-flash --base-url http://127.0.0.1:1
          79 | more than the limit of .*: add --yes            | BRIMFUL_SPEND_USD_MAX=0 ask D/corpus why? -m deepseek-flash --base-url http://127.0.0.1:1
          64 | --reply 99,999,999 is more than any model       | ask D/corpus why? --reply 99999999
          64 | keep between 1 and                              | ask D/corpus why? --reply 5M -m deepseek-flash
          78 | BRIMFUL_SPEND_USD_MAX is "lots"                 | BRIMFUL_SPEND_USD_MAX=lots ask D/corpus why?
          78 | did you mean deepseek-flash                     | BRIMFUL_HOME=D/h-model ask D/corpus why?
          78 | setting "nonsense" is not known                 | BRIMFUL_HOME=D/h-name ask D/corpus why?
          78 | has a broken \\\\u escape                       | BRIMFUL_HOME=D/h-escape config
          78 | models.json is not valid JSON: line 2                | BRIMFUL_HOME=D/h-json models
          78 | model m: window_tokens is -1                    | BRIMFUL_HOME=D/h-window models
          78 | keys.json is damaged                            | BRIMFUL_HOME=D/h-keys keys list
          66 | no model is called "nope"                       | models nope
          64 | say list, get, set, unset or path               | config nonsense
          64 | setting "nonsense" is not known                 | config set nonsense 1
          64 | spend_usd_max is "lots"                         | config set spend_usd_max lots
          64 | has no NAME                                     | config get
          78 | model is not set                                | config get model
          66 | no such file                                    | tokens D/nowhere
          65 | is a folder: name its files, or .* tokens --tree | tokens D/corpus
          64 | brimful: self: say cache or uninstall           | self
          64 | self away: say cache or uninstall               | self away
          64 | no question                                     | explain D/corpus
          64 | --collection: explain reads a PATH              | explain D/corpus why? --collection c
          64 | unknown tokenizer "nope"                        | chunks D/corpus --tokenizer nope
          66 | no file or folder                               | chunks D/nowhere
          66 | cannot read .*nowhere.jsonl                     | eval D/nowhere.jsonl
          65 | bad-gold.jsonl line 2                           | eval D/bad-gold.jsonl
          64 | 0 question files: name one                  | eval
          64 | --method nope: say one of                       | eval D/gold.jsonl --corpus D/corpus --method nope
          65 | cannot be read as an evaluation: make it        | eval D/gold.jsonl --corpus D/corpus --baseline D/bad-schema.json
          66 | no file ".*nowhere.txt"                         | replay D/nowhere.txt D/corpus
          65 | queries.jsonl line 2 column 9 is not valid JSON                | replay D/queries.jsonl D/corpus
          65 | empty.txt has no question                       | replay D/empty.txt D/corpus
          64 | --model: no model is called "nope"              | replay D/gold.jsonl D/corpus --model nope
          64 | needs one NAME                                  | keys add
          64 | key name "a/b": use letters                     | keys add a/b
          64 | say add, list or revoke                         | keys grant a
          64 | --spend-usd lots is not an amount               | keys add a --spend-usd lots
          66 | no key is called none                           | keys revoke none
          64 | port 99999: give one from 1 to 65535            | serve --port 99999
          78 | it has no key: make one                         | serve --host 0.0.0.0
          66 | root .*nowhere does not exist                   | serve --roots D/nowhere
          64 | --port lots is not a port                       | dev-broker --port lots
          64 | no --kafka HOST:PORT                            | ingest D/corpus --collection c
          64 | --kafka "nonsense" is not an address            | status --kafka nonsense
          64 | --topics "a/b" cannot begin a topic's name      | status --kafka h:1 --topics a/b
          78 | sets bootstrap.servers                          | status --kafka h:1 --kafka-config D/kafka.properties
          78 | has a broken \\\\u escape                       | status --kafka h:1 --kafka-config D/escape.properties
          64 | dead-letters "bury": say list, redrive or purge        | dead-letters bury
          66 | no file or folder ".*nowhere"                   | mcp D/nowhere
          64 | no questions: name a file                       | batch D/corpus
          66 | no file ".*nowhere.csv"                         | batch --questions D/nowhere.csv B
          65 | q.xlsx is a spreadsheet: save it as CSV         | batch --questions D/q.xlsx B
          65 | zip.csv is a spreadsheet: save it as CSV        | batch --questions D/zip.csv B
          65 | q.txt is not a file of questions                | batch --questions D/q.txt B
          65 | latin.csv is not UTF-8: save it                 | batch --questions D/latin.csv B
          65 | unclosed.csv line 3 opens a quote               | batch --questions D/unclosed.csv B
          65 | surplus.csv line 3 has 3 columns, .* 2:         | batch --questions D/surplus.csv B
          65 | no-id.csv line 1 has no column id, only         | batch --questions D/no-id.csv B
          65 | no-question.csv line 1 has no column question   | batch --questions D/no-question.csv B
          65 | unknown.csv line 1 has the column "colour"      | batch --questions D/unknown.csv B
          65 | line 1 has the column id twice                  | batch --questions D/column-twice.csv B
          65 | id-twice.csv line 4 has the id a of line 2      | batch --questions D/id-twice.csv B
          65 | blank-id.csv line 2 has no id: write one        | batch --questions D/blank-id.csv B
          65 | blank-question.csv line 2 has no question       | batch --questions D/blank-question.csv B
          65 | line 2, question id "to be": use 1 to 64        | batch --questions D/bad-id.csv B
          65 | line 2, type "colour": say one of text          | batch --questions D/bad-type.csv B
          65 | line 2, question a is a choice without choices  | batch --questions D/no-choices.csv B
          65 | only-head.csv has no questions                  | batch --questions D/only-head.csv B
          65 | bad.jsonl line 2 column \\d+ is not valid JSON                    | batch --questions D/bad.jsonl B
          65 | array.jsonl line 1 is not an object             | batch --questions D/array.jsonl B
          65 | bad.yaml line \\d column \\d+ is not valid YAML                   | batch --questions D/bad.yaml B
          65 | no-list.yaml has no list of questions           | batch --questions D/no-list.yaml B
          65 | the schema is not valid JSON: line                          | Q --schema D/bad-schema.json
          64 | no table: say where with -o                     | batch --questions D/good.csv D/corpus
          64 | name a .csv or .jsonl                           | batch --questions D/good.csv D/corpus -o D/table.txt
          64 | --per page: say document, folder or collection  | Q --per page
          64 | --when later: say now or off-peak               | Q --when later
          64 | --settle soon: give 0 to 999 seconds            | Q --settle soon
          64 | --max-cost lots is not an amount                | Q --max-cost lots
          64 | foo has no known price, so --max-cost 2 cannot be kept: leave the limit out, or add \\{"models": \\[\\{"id": "foo", .*"prices": \\[\\{"miss": 0.5 | BRIMFUL_API_KEY=k batch --questions D/good.csv D/corpus -o D/table.csv --max-cost 2 -m foo --base-url http://127.0.0.1:1
          64 | foo has no known price, so --max-cost 2 cannot     | BRIMFUL_API_KEY=k ask D/corpus why? --exhaustive --max-cost 2 -m foo --base-url http://127.0.0.1:1
          64 | --group x is not a whole number: give 1 or more | Q --group x
          64 | --group -1 is too small: give 1 or more         | Q --group=-1
          64 | --group 99999999999 is too large: give 1 or more | Q --group 99999999999
          64 | --group 0 is too small: give 1 or more       | Q --group 0
          64 | --share without --kafka                         | Q --share a
          64 | --compare: no model is called "nope"            | Q --compare nope
          64 | is more than the .* tokens that                 | Q --budget 100M
          66 | no ledger .*none.csv.ledger                     | batch status D/none.csv
          65 | junk.csv.ledger is not a ledger, or is damaged  | batch status D/junk.csv
          64 | good.csv is read, and -o would overwrite it     | batch --questions D/good.csv D/corpus -o D/corpus/../good.csv
          64 | is read, and -o would overwrite it             | pack D/corpus D/good.csv -o D/good.csv
          77 | no model is connected: set DEEPSEEK_API_KEY     | DEEPSEEK_API_KEY= batch --questions D/good.csv D/corpus -o D/table.csv
          """)
  void getsOneLineAndTheCodeOfHelp(int code, String line, String words) {
    var shell =
        new Shell(folder.resolve("home")).with("DEEPSEEK_API_KEY", "sk-secret-0123456789abcdef");
    var command = new ArrayList<String>();
    for (String word : expanded(words)) {
      String plain = word.equals("~") ? "" : word.replaceFirst("\\bD/", folder + "/");
      if (command.isEmpty() && plain.contains("=")) {
        shell.with(plain.split("=", 2)[0], plain.split("=", 2)[1]);
      } else {
        command.add(plain);
      }
    }

    Shell.Result result = shell.run(command.toArray(String[]::new));

    assertThat(result.err().lines().filter(told -> told.startsWith("brimful: ")))
        .as(result.err())
        .singleElement()
        .satisfies(told -> assertThat(told).containsPattern(line));
    assertThat(result.err()).doesNotContain("a defect in Brimful", "Exception");
    assertThat(result.code().number()).isEqualTo(code);
  }

  @Test
  void aPortThatIsTakenIsSaidToBe() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      for (String command : List.of("serve", "dev-broker")) {
        Shell.Result result =
            new Shell(folder.resolve("home"))
                .run(
                    command.equals("serve")
                        ? new String[] {"serve", "--port", port, "--roots", folder + "/corpus"}
                        : new String[] {command, "--port", port, "--folder", folder + "/kafka"});

        assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.TRY_LATER);
        assertThat(result.err())
            .isEqualTo(
                "brimful: port %s of 127.0.0.1 is taken: stop what listens there, or give another --port\n"
                    .formatted(port));
      }
    }
  }

  private static List<String> expanded(String words) {
    return Arrays.asList(
        words
            .replaceFirst("^Q ", "batch --questions D/good.csv B ")
            .replaceFirst(" B( |$)", " D/corpus -o D/table.csv -m deepseek-flash --dry-run$1")
            .split(" "));
  }
}
