package brimful.chunk.outline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FortranOutlinerTest {
  @Test
  void outlinesFreeForm() {
    String text =
        """
        ! Shapes.
        module shapes
          use iso_fortran_env
          implicit none
          real(dp), parameter :: pi = 3.14_dp
          type, abstract :: shape
          contains
            procedure(sizes), deferred :: area
          end type
          type circle
            real :: radius
          end type circle

          interface operator(+)
            module procedure joined
          end interface
          abstract interface
            real function sizes(self)
              import :: shape
            end function
          end interface
        contains
          !> Says.
          pure elemental real(kind=dp) function area(self, &
              scale) result(a)
            type(circle), intent(in) :: self
            if (scale > 0) then
              a = pi
            end if
          end function area

          Subroutine Draw(self) ! subroutine no
            call inner()
          contains
            subroutine inner()
            end subroutine
          end Subroutine
        end module shapes

        submodule (shapes) details
        contains
          module procedure joined
          end procedure
        end submodule

        program main
          type(circle) :: c
          select type (c)
          type is (circle)
          end select
        endprogram
        """;

    assertThat(OutlineText.of("a.f90", text))
        .isEqualTo(
            """
            type shapes 1-38
              constant pi 5-5
              type shape 6-9
              type circle 10-12
              type operator(+) 14-16
              block  17-21
                block  18-20
              function area 23-30
              function Draw 32-37
                function inner 35-36
            type details 40-44
              function joined 42-43
            type main 46-51\
            """);
  }

  @Test
  void outlinesFixedForm() {
    String text =
        """
        C     Adds.
        *     More.
              SUBROUTINE ADD( A,
             $                FUNCTION )
              CHARACTER*(*) A
           10 CONTINUE
              IF( A.LT.0 ) THEN
                 CALL SUB( A )
              END IF
              END

              DOUBLE PRECISION FUNCTION TWICE( X )
              TWICE = 2*X
              RETURN
              END
              CHARACTER*8 FUNCTION LABEL()
              END FUNCTION
              BLOCK DATA INIT
              END
        """;

    assertThat(OutlineText.of("a.f", text))
        .isEqualTo(
            """
            function ADD 1-10
            function TWICE 12-15
            function LABEL 16-17
            type INIT 18-19\
            """);
  }

  @Test
  void aCommentLongerThanAChunkStandsForItself() {
    String comment = "*> Says.\n".repeat(50);

    assertThat(OutlineText.of("a.f", comment + "      SUBROUTINE A\n      END\n"))
        .isEqualTo("function A 51-52");
  }

  @Test
  void whatIsNotEndedEndsWhereTheNextBegins() {
    assertThat(OutlineText.of("a.f90", "subroutine a\n x = 1\n\nfunction b(x)\nend"))
        .isEqualTo("function a 1-2\nfunction b 4-5");
    assertThat(OutlineText.of("a.f90", "end\nend module\nmodule a\n type b\n"))
        .isEqualTo("type a 3-4\n  type b 4-4");
  }
}
