package brimful.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/// Runs a test once for each seed, and `-Dseeds.extra=N` times more with new ones.
///
/// The seed is in the test's display name: paste a failing one into [#value] and it stays fixed.
@ParameterizedTest(name = "seed {0}L")
@ArgumentsSource(Seeds.Provider.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Seeds {
  long[] value() default {1, 2, 3, 42};

  /// Supplies the fixed seeds, then the extra ones.
  final class Provider implements ArgumentsProvider, AnnotationConsumer<Seeds> {
    private long[] fixed = {};

    @Override
    public void accept(Seeds seeds) {
      fixed = seeds.value();
    }

    @Override
    public Stream<? extends Arguments> provideArguments(
        ParameterDeclarations parameters, ExtensionContext context) {
      LongStream extra = new SecureRandom().longs(Integer.getInteger("seeds.extra", 0));
      return LongStream.concat(Arrays.stream(fixed), extra).mapToObj(Arguments::of);
    }
  }
}
