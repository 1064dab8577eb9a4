package brimful.chunk.outline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LayoutOutlinersTest {
  @Test
  void outlinesOcaml() {
    String text =
        """
        open Import

        (* Says
           (* nested "let no = 1 *)
           more. *)
        module Shelf = struct
          type 'a t =
            | Empty
            | Full of 'a

          exception Too_full

          (** Puts. *)
          let[@inline] rec put t x =
            let help y = y '"' in
            match t with
            | Empty -> help x
            | Full _ -> {q|
        let no = 2
        |q}

          and take = function
          | Empty -> None
          | Full x -> Some x
          ;;

          module type KEY = sig
            val compare : int -> int -> int
          end
        end

        let ( >>= ) a f =
          f a

        let () =
          let hidden = 3 in
          print hidden

        class ['a] counter = object (self)
          val mutable n = 0
          method bump by =
            let twice = 2 * by in
            n <- twice
        end

        include Make (struct
            let size = 3
          end)

        external fast : int -> int = "fast"
        type _ kind = Int : int kind
        """;

    assertThat(OutlineText.of("a.ml", text))
        .isEqualTo(
            """
            type Shelf 3-30
              type t 7-9
              type Too_full 11-11
              function put 13-20
              function take 22-25
              type KEY 27-29
                function compare 28-28
            function >>= 32-33
            block  35-37
            type counter 39-44
              function n 40-40
              function bump 41-43
            block  46-48
              function size 47-47
            function fast 50-50
            type kind 51-51\
            """);
  }

  @Test
  void outlinesOcamlInterfaces() {
    String text =
        """
        type t
        (** A box. *)

        val make : ?size:int -> unit -> t
        (** Makes. *)

        (** Opens. *)
        val ( @ ) : t
          -> t

        module type S = Base
          with type t = t
          and type u = t
        """;

    assertThat(OutlineText.of("a.mli", text))
        .isEqualTo(
            """
            type t 1-2
            function make 4-5
            function @ 7-9
            type S 11-13\
            """);
  }

  @Test
  void outlinesHaskell() {
    String text =
        """
        {-# LANGUAGE CPP #-}
        module Data.Box
          ( Box (..)
          , open
          ) where

        import Data.List (sort)

        infixr 5 <+>

        -- | A box.
        data Box a = Box
          { boxSize :: !Int
          , boxLid, boxKey :: Maybe a
          } deriving (Eq, Show)

        class (Eq a,
               Show a)
            => Opens a where
          type Key a
          -- | Opens it.
          open :: a -> Int
          open _ = helper 1
            where
              helper x = x

        instance Opens (Box a) where
          open b
            | boxSize b > 1 = 2
            | otherwise = 1
          {-# INLINE open #-}

        (<+>) :: Int -> Int -> Int
        0 <+> b = b
        a <+> b = a

        -- Says {- "
        size, width
          :: Box a -> Int
        size Box{boxSize = n} = n
        size' c = case c of
          '"' -> 1
        {-# NOINLINE size' #-}

        makeLenses ''Box
        deriveJSON defaultOptions{field = id} ''Box

        long a
             b =
          a

        #if FAST
        type Speed = Int
        #endif
        pattern One = 1
        a `plus` b = a
        newtype Eq a => Wrap a = Wrap a
        """;

    assertThat(OutlineText.of("Box.hs", text))
        .isEqualTo(
            """
            type Box 1-5
            type Box 11-15
              constant boxSize 13-13
              constant boxKey 14-14
            type Opens 17-25
              type Key 20-20
              function open 21-25
            type  27-31
              function open 28-31
            function <+> 33-35
            function size 37-40
            function size' 41-43
            function long 48-50
            type Speed 53-53
            type One 55-55
            function plus 56-56
            type Wrap 57-57\
            """);
  }

  @Test
  void pathsNameWhatContainsALine() {
    Lines lines = Lines.of("module M = struct\n  let go (a : int) b =\n    a\nend\n");
    var breadcrumbs = new Breadcrumbs(lines, Language.OCAML.outliner().outline(lines));

    assertThat(breadcrumbs.pathTo(2)).isEqualTo("module M > let go");
  }

  @Test
  void bearWhatIsNeverClosed() {
    assertThat(OutlineText.of("a.ml", "let a = 1\n(* let b = 2")).isEqualTo("function a 1-2");
    assertThat(OutlineText.of("a.ml", "module A = struct\n  let b = \"\n")).contains("function b");
    assertThat(OutlineText.of("a.hs", "a = 1\n{- b = 2")).isEqualTo("function a 1-2");
    assertThat(OutlineText.of("a.hs", "a\nb\n  =")).isEqualTo("function b 2-3");
  }
}
