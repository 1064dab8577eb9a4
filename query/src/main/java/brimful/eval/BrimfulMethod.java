package brimful.eval;

import brimful.corpus.DocumentId;
import brimful.index.Outline;
import brimful.index.Snapshot;
import brimful.pack.PackRequest;
import brimful.pack.Packer;
import brimful.pack.Prompt;
import brimful.pack.Window;
import brimful.pack.format.WindowFormat;
import brimful.rank.AutoBudget;
import brimful.rank.Question;
import brimful.rank.Ranker;
import brimful.rank.Ranking;
import brimful.rank.Rescorer;
import brimful.rank.Signal;
import brimful.token.TokenCounter;
import java.util.List;
import java.util.Set;

/// Our ranking and packing, as `ask` and `pack` use them.
final class BrimfulMethod implements EvalMethod {
  private final Snapshot snapshot;
  private final List<Outline> corpus;
  private final Packer packer;
  private final Ranker ranker;
  private final Rescorer rescorer;
  private final int frameTokens;

  BrimfulMethod(Snapshot snapshot, TokenCounter counter, Set<Signal> without, Rescorer rescorer) {
    this.snapshot = snapshot;
    corpus = snapshot.outlines();
    packer = new Packer(counter);
    ranker = new Ranker(without);
    this.rescorer = rescorer;
    frameTokens = counter.count(Prompt.INSTRUCTIONS);
  }

  @Override
  public Found find(String question, int budgetTokensMax) {
    int limit = Ranker.chunkLimit(budgetTokensMax);
    var asked = new Question(question);
    Ranking byWords = ranker.rank(asked, snapshot, limit);
    Ranking ranking = rescorer.rescored(asked, byWords, snapshot);
    return new Found() {
      @Override
      public List<DocumentId> files() {
        return ranking.documents().stream().map(Ranking.RankedDocument::document).toList();
      }

      @Override
      public int enough(int mostTokens) {
        return (int) Math.min(mostTokens, AutoBudget.tokens(ranking));
      }

      @Override
      public Filled fill(int budgetTokens) {
        var request =
            new PackRequest(
                Prompt.withoutQuestion(),
                budgetTokens + frameTokens,
                corpus,
                ranking,
                WindowFormat.XML);
        Window window = packer.pack(request, snapshot::read);
        return new Filled(window.placed(), window.tokens() - frameTokens);
      }
    };
  }

  @Override
  public void close() {}
}
