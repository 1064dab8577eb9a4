package brimful.index.baseline;

import brimful.corpus.Chunk;
import brimful.index.ChunkRef;
import brimful.index.Outline;
import brimful.index.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/// BM25 over the text of chunks, with one of Lucene's analyzers and its similarity.
///
/// The baseline for evaluations, and nothing else. Built in memory for one snapshot, which takes as
/// long as indexing it. For one thread.
public final class PlainBm25 implements AutoCloseable {
  private static final String TEXT = "text";

  /// This many hits fill any window.
  private static final int HITS_MAX = 20_000;

  private static final int TERMS_MAX = 1024;

  private final Analyzer analyzer;
  private final List<ChunkRef> refs = new ArrayList<>();
  private final DirectoryReader reader;

  private PlainBm25(Snapshot snapshot, Analyzer analyzer) throws IOException {
    this.analyzer = analyzer;
    var directory = new ByteBuffersDirectory();
    try (var writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
      for (Outline outline : snapshot.outlines()) {
        for (Chunk chunk : snapshot.read(outline.chunks())) {
          var document = new Document();
          document.add(new TextField(TEXT, chunk.text(), Field.Store.NO));
          writer.addDocument(document);
        }
        refs.addAll(outline.chunks());
      }
      writer.forceMerge(1);
    }
    reader = DirectoryReader.open(directory);
  }

  /// Indexes the words of a snapshot's chunks as they are written.
  public static PlainBm25 of(Snapshot snapshot) {
    return of(snapshot, new StandardAnalyzer());
  }

  /// Indexes them stemmed by Porter's algorithm, without English stop words: what most search
  /// programs do by default.
  public static PlainBm25 stemmed(Snapshot snapshot) {
    return of(snapshot, new EnglishAnalyzer());
  }

  private static PlainBm25 of(Snapshot snapshot, Analyzer analyzer) {
    try {
      return new PlainBm25(snapshot, analyzer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns the chunks that share a word with the question, best first.
  public List<ChunkRef> chunks(String question) {
    try {
      var query = new BooleanQuery.Builder();
      terms(question)
          .forEach(
              term -> query.add(new TermQuery(new Term(TEXT, term)), BooleanClause.Occur.SHOULD));
      var hits = new ArrayList<ChunkRef>();
      for (ScoreDoc hit : new IndexSearcher(reader).search(query.build(), HITS_MAX).scoreDocs) {
        hits.add(refs.get(hit.doc));
      }
      return hits;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Set<String> terms(String text) throws IOException {
    var terms = new LinkedHashSet<String>();
    try (TokenStream stream = analyzer.tokenStream(TEXT, text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken() && terms.size() < TERMS_MAX) {
        terms.add(term.toString());
      }
      stream.end();
    }
    return terms;
  }

  @Override
  public void close() {
    try (analyzer) {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
