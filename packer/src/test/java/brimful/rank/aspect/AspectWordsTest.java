package brimful.rank.aspect;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.index.term.Stemmer;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AspectWordsTest {
  private static Set<Aspect> asked(String question, String... names) {
    Set<String> stems = Set.of(names);
    return AspectWords.asked(question, stems::contains, Set.of("halm"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "what is this repository about? | OVERVIEW",
        "What does this package do? | OVERVIEW",
        "Was macht dieses Projekt? | OVERVIEW",
        "what are the requirements? | DEPENDENCIES",
        "give me an overview of the project | OVERVIEW",
        "what is it? | OVERVIEW",
        "What's this for | OVERVIEW",
        "how do I build it from source? | BUILD",
        "hey, I just cloned this, how would I get it compiled? | BUILD",
        "build instructions | BUILD",
        "what are the steps to release a new version | RELEASE",
        "how is a new release made? | RELEASE",
        "which Rust edition does this need? | VERSION",
        "minimum Node version | VERSION",
        "does it work on Python 3.12? | VERSION",
        "which JDK | VERSION",
        "which scripts does the root package.json define? | SCRIPTS",
        "how do I run the tests? | TEST",
        "how can I run all tests | TEST",
        "how do I install it with pip? | INSTALL",
        "what changed lately? | CHANGES",
        "what's new? | CHANGES",
        "what is new in the last version? | CHANGES",
        "what was changed in the latest release | CHANGES",
        "what are the recent changes? | CHANGES",
        "show me the changelog | CHANGES",
        "what are the dependencies? | DEPENDENCIES",
        "where does the program start? | START",
        "what is the entry point of the command line tool | START",
        "is there a docker image? | DEPLOY",
        "how can I contribute? | CONTRIBUTE",
        "how do I report a vulnerability? | SECURITY",
        "which licence is this under? | LICENCE",
        "where is the configuration? | CONFIGURATION",
        "how is the code organized? | LAYOUT",
        "how do I start it? | RUN"
      })
  void knowsWhatIsAsked(String question, Aspect aspect) {
    assertThat(asked(question)).containsExactly(aspect);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Worum geht es hier? | OVERVIEW",
        "Wie baue ich das Projekt? | BUILD",
        "Welche Python-Version brauche ich? | VERSION",
        "Quelle est la licence ? | LICENCE",
        "Comment exécuter les tests ? | TEST",
        "¿Qué hay de nuevo? | CHANGES",
        "¿Cómo puedo contribuir? | CONTRIBUTE",
        "这个项目是做什么的？ | OVERVIEW",
        "如何安装？ | INSTALL",
        "有哪些依赖？ | DEPENDENCIES"
      })
  void knowsWhatIsAskedInOtherLanguages(String question, Aspect aspect) {
    assertThat(asked(question)).containsExactly(aspect);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "¿De qué trata este repositorio? | OVERVIEW",
        "¿Cómo lo ejecuto? | RUN",
        "¿Cómo arranco la aplicación? | RUN",
        "¿Qué ha cambiado últimamente? | CHANGES",
        "¿Dónde empieza el programa? | START",
        "Quiero colaborar, ¿por dónde empiezo? | CONTRIBUTE",
        "Do que se trata este repositório? | OVERVIEW",
        "Como eu instalo isso? | INSTALL",
        "Como executar os testes? | TEST",
        "O que mudou recentemente? | CHANGES",
        "Di cosa tratta questo repository? | OVERVIEW",
        "Come si compila? | BUILD",
        "Con quale licenza è distribuito? | LICENCE",
        "Quali dipendenze ha? | DEPENDENCIES",
        "Où commence l'exécution ? | START",
        "C'est quoi, ce projet ? | OVERVIEW",
        "Wo beginnt die Ausführung? | START",
        "Welche Skripte definiert die package.json? | SCRIPTS",
        "О чём этот репозиторий? | OVERVIEW",
        "Как собрать проект? | BUILD",
        "Где начинается выполнение программы? | START",
        "Какая версия Python нужна? | VERSION",
        "このリポジトリは何についてのものですか？ | OVERVIEW",
        "インストール方法を教えてください | INSTALL",
        "テストはどうやって実行しますか？ | TEST",
        "プログラムはどこから始まりますか？ | START",
        "程序从哪里开始执行？ | START",
        "这个项目是干嘛的？ | OVERVIEW"
      })
  void knowsUsualWordingsOfEightLanguages(String question, Aspect aspect) {
    assertThat(asked(question)).containsExactly(aspect);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "¿Cómo construye el analizador su árbol sintáctico?",
        "¿Dónde se validan las cabeceras?",
        "Como o roteador escolhe o tratador?",
        "Come vengono risolte le dipendenze circolari dei moduli?",
        "Как парсер строит дерево?",
        "Где хранится кэш запросов?",
        "パーサーはどうやって構文木を構築しますか？",
        "接続はどこで閉じられますか？",
        "缓存是怎样失效的？",
        "which class serves requests?",
        "where do the alternatives of a rule come from?",
        "how are modifications tracked?",
        "what does the executor precisely do?"
      })
  void leavesQuestionsAboutContentAloneInEachLanguage(String question) {
    assertThat(asked(question)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "how to complie it, BUILD",
    "how do I run teh tets, TEST",
    "recnet changes, CHANGES",
    "how to contibute, CONTRIBUTE",
    "minimun pyhton version, VERSION",
    "waht is this abuot, OVERVIEW"
  })
  void forgivesSlips(String question, Aspect aspect) {
    assertThat(asked(question)).containsExactly(aspect);
  }

  @ParameterizedTest
  @CsvSource({
    "What is Halm?, OVERVIEW",
    "how do I install Halm?, INSTALL",
    "which Python does halm need, VERSION",
    "is halm open source?, LICENCE"
  })
  void theProjectsNameIsNoContent(String question, Aspect aspect) {
    assertThat(asked(question, "halm")).containsExactly(aspect);
    assertThat(asked(question.replaceFirst("[Hh]alm", "gear"), "gear"))
        .isNotEqualTo(Set.of(aspect));
  }

  @Test
  void asksForEachPartOfAQuestion() {
    assertThat(asked("how is it built, tested and released?"))
        .containsExactly(Aspect.TEST, Aspect.BUILD, Aspect.RELEASE);
    assertThat(asked("what is this and how do I install it?")).containsExactly(Aspect.INSTALL);
    assertThat(asked("what licence has it, and where does it start?"))
        .containsExactlyInAnyOrder(Aspect.LICENCE, Aspect.START);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "how does the build cache evict entries?",
        "how does rebalancing work?",
        "how are dependencies resolved and injected?",
        "where is the window built from the chunks?",
        "how is a release lock acquired?",
        "how do plugins install their hooks when a request starts?",
        "what happens if the main thread ends first?",
        "what is it that closes the socket?",
        "what changed in the offset when a consumer leaves?",
        "what is new in the parser's state after a comma?",
        "how are changes of the index published?",
        "which tests are skipped by the scheduler?",
        "how are required options checked?",
        "how does the installer run the steps of a plugin?",
        "where is the version of a plugin resolved?",
        "when is the config reloaded, and how are open sockets kept?",
        "how are redirects followed, and when does it give up?",
        "was ist ein Aggregat?",
        "如何解析语法树？",
        "HTTP client session",
        "Depends",
        "Halm::Application",
        "application initialization and default configuration",
        "why?",
        "..."
      })
  void leavesOtherQuestionsAlone(String question) {
    assertThat(asked(question)).isEmpty();
  }

  @Test
  void aNameOfTheCorpusIsContent() {
    String question = "which versions are supported on Solaris?";

    assertThat(asked(question)).containsExactly(Aspect.VERSION);
    assertThat(asked(question, Stemmer.stem("solaris"))).isEmpty();
  }

  @Test
  void takesLinearTimeForHostileQuestions() {
    assertThat(asked("which " + "b ".repeat(50_000) + "versions")).isNotNull();
    assertThat(asked("zzzzq".repeat(40_000) + " version")).isEmpty();
    assertThat(asked("什".repeat(100_000))).isEmpty();
    assertThat(asked("! ".repeat(100_000))).isEmpty();
  }
}
