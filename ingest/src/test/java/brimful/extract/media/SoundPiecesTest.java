package brimful.extract.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SoundPiecesTest {
  @TempDir private Path folder;

  /// Writes seconds of sound, loud but for some.
  private SoundPieces sound(int seconds, int... silent) throws IOException {
    Path file = folder.resolve("samples");
    byte[] loud = new byte[2 * SoundPieces.RATE];
    Arrays.fill(loud, (byte) 20);
    byte[] quiet = new byte[loud.length];
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < seconds; i++) {
        int second = i;
        out.write(Arrays.stream(silent).anyMatch(one -> one == second) ? quiet : loud);
      }
    }
    return new SoundPieces(file);
  }

  @Test
  void cutsWhereItIsQuiet() throws IOException {
    List<SoundPieces.Piece> pieces = sound(1300, 590, 1185).pieces();

    assertThat(pieces).extracting(SoundPieces.Piece::first).containsExactly(0.0, 591.0, 1186.0);
    assertThat(pieces).extracting(SoundPieces.Piece::seconds).containsExactly(591.0, 595.0, 114.0);
    assertThat(pieces).noneMatch(SoundPieces.Piece::silent);
  }

  @Test
  void piecesTileTheSoundAndAreShortEnough() throws IOException {
    SoundPieces sound = sound(1201);

    List<SoundPieces.Piece> pieces = sound.pieces();

    assertThat(pieces).allMatch(piece -> piece.seconds() <= SoundPieces.SECONDS_MAX);
    assertThat(pieces.stream().mapToDouble(SoundPieces.Piece::seconds).sum()).isEqualTo(1201.0);
    assertThat(sound.seconds()).isEqualTo(1201.0);
    for (int i = 1; i < pieces.size(); i++) {
      assertThat(pieces.get(i).firstByte()).isEqualTo(pieces.get(i - 1).lastByte());
    }
  }

  @Test
  void silenceIsKnown() throws IOException {
    assertThat(sound(2, 0, 1).pieces()).hasSize(1).allMatch(SoundPieces.Piece::silent);
  }

  @Test
  void aPieceIsAWaveFile() throws IOException, UnsupportedAudioFileException {
    SoundPieces sound = sound(3);
    Path file = folder.resolve("piece.wav");

    sound.write(sound.pieces().getFirst(), file);

    try (AudioInputStream in = AudioSystem.getAudioInputStream(file.toFile())) {
      assertThat(in.getFrameLength()).isEqualTo(3L * SoundPieces.RATE);
      assertThat(in.getFormat().getSampleRate()).isEqualTo(SoundPieces.RATE);
    }
  }
}
