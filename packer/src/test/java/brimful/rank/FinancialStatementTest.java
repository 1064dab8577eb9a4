package brimful.rank;

import static brimful.rank.FinancialStatement.BALANCE;
import static brimful.rank.FinancialStatement.CASH_FLOW;
import static brimful.rank.FinancialStatement.INCOME;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FinancialStatementTest {
  private static List<FinancialStatement> opened(String page) {
    return Arrays.stream(FinancialStatement.values()).filter(each -> each.opens(page)).toList();
  }

  @Test
  void knowsTheStatementsThatAQuestionNames() {
    assertThat(FinancialStatement.askedFor("sales by the P&L statement and the balance sheet"))
        .containsExactly(INCOME, BALANCE);
    assertThat(FinancialStatement.askedFor("its assets, by the Statement of Financial Position"))
        .containsExactly(BALANCE);
    assertThat(FinancialStatement.askedFor("revenue in the statements of cash flows"))
        .containsExactly(CASH_FLOW);
  }

  @Test
  void knowsTheStatementsThatListWhatAQuestionNames() {
    assertThat(FinancialStatement.askedFor("What were capital expenditures in 2020?"))
        .containsExactly(CASH_FLOW);
    assertThat(FinancialStatement.askedFor("is the gross margin improving"))
        .containsExactly(INCOME);
    assertThat(FinancialStatement.askedFor("revenue / (average PP&E)"))
        .containsExactly(INCOME, BALANCE);
    assertThat(FinancialStatement.askedFor("who sits on the board")).isEmpty();
    assertThat(FinancialStatement.askedFor("the salesman's marginal notes")).isEmpty();
  }

  @Test
  void knowsAPageByItsTitleHoweverItWasExtracted() {
    assertThat(
            opened("Table of Contents\n\nThe Mill Company\nConsolidated Balance Shee t\nAt May 3"))
        .containsExactly(BALANCE);
    assertThat(opened("52\nConsolidatedStatementsofOperations\nIn millions"))
        .containsExactly(INCOME);
    assertThat(opened("STATEMENT OF CASH FLOWS")).containsExactly(CASH_FLOW);
    assertThat(opened("Statements of Financial Condition")).containsExactly(BALANCE);
    assertThat(opened("Consolidated statement of profit or loss")).containsExactly(INCOME);
  }

  @Test
  void looksAtTheTopOfAPageOnly() {
    assertThat(opened("Notes\n\nThe auditors\nread\nall\nof\nit\nBalance Sheet")).isEmpty();
    assertThat(opened("x".repeat(300) + " Balance Sheet")).isEmpty();
    assertThat(opened("Statements of Comprehensive Income")).isEmpty();
    assertThat(opened("")).isEmpty();
  }
}
