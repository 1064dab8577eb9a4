package brimful.chunk.outline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CobolOutlinerTest {
  @Test
  void outlinesFixedForm() {
    String text =
        """
        000100* Pays.
        000200 IDENTIFICATION DIVISION.
        000300 PROGRAM-ID. PAYROLL.
        000400 ENVIRONMENT DIVISION.
        000500 DATA DIVISION.
        000600 FILE SECTION.
        000700 FD  STAFF-FILE
        000800     RECORD CONTAINS 80 CHARACTERS.
        000900 01  STAFF-RECORD.
        001000     05  STAFF-NAME        PIC X(30).
        001100 WORKING-STORAGE SECTION.
        001200 77  RATE                  PIC 9(3).
        001300*    Sums.
        001400 01  TOTALS.
        001500     05  NET               PIC 9(7).
        001600     88  DONE              VALUE 1.
        001700
        001800 PROCEDURE DIVISION.
        001900 MAIN SECTION.
        002000 BEGIN-WORK.
        002100     PERFORM 100-READ UNTIL DONE
        002200     MOVE NET TO
        002300       RATE.
        002400     GOBACK.
        002500*    Reads one.
        002600 100-READ.
        002700     READ STAFF-FILE
        002800       AT END SET DONE TO TRUE
        002900     END-READ.
        003000 100-EXIT.  EXIT.
        003100 CLOSING SECTION.
        003200 LAST-PARAGRAPH.
        003300     EXIT.
        003400 END PROGRAM PAYROLL.
        """;

    assertThat(OutlineText.of("pay.cbl", text))
        .isEqualTo(
            """
            type PAYROLL 1-34
              type STAFF-FILE 7-8
              type STAFF-RECORD 9-10
              constant RATE 12-12
              type TOTALS 13-16
              function MAIN 19-30
                function BEGIN-WORK 20-24
                function 100-READ 25-29
                function 100-EXIT 30-30
              function CLOSING 31-33
                function LAST-PARAGRAPH 32-33\
            """);
  }

  @Test
  void outlinesFreeForm() {
    String text =
        """
        identification division.
        program-id. greeter.
        data division.
        local-storage section.
        01 ws-name pic x(20).
        procedure division.
            perform say-hello
            stop run.

        *> Says it.
        say-hello.
            display "say-goodbye."
            continue.

        end program greeter.

        function-id. twice.
        procedure division using n.
        goback.
        end function twice.
        """;

    assertThat(OutlineText.of("a.cob", text))
        .isEqualTo(
            """
            type greeter 1-15
              type ws-name 5-5
              function say-hello 10-13
            type twice 17-20\
            """);
  }

  @Test
  void outlinesCopybooks() {
    assertThat(
            OutlineText.of(
                "a.cpy", "       01  PERSON.\n           05  AGE  PIC 99.\n       01  FILLER.\n"))
        .isEqualTo("type PERSON 1-3");
    assertThat(OutlineText.of("b.cpy", "       ASK-AGE.\n           ACCEPT AGE.\n"))
        .isEqualTo("function ASK-AGE 1-2");
  }
}
