package brimful.chunk.outline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HclOutlinerTest {
  @Test
  void namesBlocksByTheirLabels() {
    String text =
        """
        terraform {
          required_version = ">= 1.5"
        }

        locals {
          zones = ["a", "b"] # }
          name  = "${var.prefix}-${lookup(var.names, "x{", "}")}"
        }

        # The network.
        resource "aws_vpc" "this" {
          cidr = var.cidr
          tags = { "Name" = local.name }
          dynamic "rule" {
            for_each = local.zones
            content {
              zone = rule.value
            }
          }
          user_data = <<-EOT
            variable "no" {
          EOT
        }

        data "aws_ami" "latest" {
          owners = ["self"] // {
        }
        /* variable "no" { */
        variable "size" { default = 3 }
        output "id" {
          value = aws_vpc.this.id
        }
        module "net" {
          source = "./net"
        }
        moved {
          from = a.b
        }
        """;

    assertThat(OutlineText.of("main.tf", text))
        .isEqualTo(
            """
            type terraform 1-3
            type locals 5-8
              constant local.zones 6-6
              constant local.name 7-7
            type aws_vpc.this 10-23
            type data.aws_ami.latest 25-27
            type variable.size 28-29
            type output.id 30-32
            type module.net 33-35
            block  36-38\
            """);
  }

  @Test
  void namesValues() {
    assertThat(OutlineText.of("a.tfvars", "size = 3\nnames = {\n  a = 1\n}\n"))
        .isEqualTo("constant size 1-1\nconstant names 2-2");
  }

  @Test
  void beginsAnewAtTheMargin() {
    assertThat(OutlineText.of("a.tf", "variable \"a\" {\n  x = \"${\n\nvariable \"b\" {\n}\n"))
        .isEqualTo("type variable.a 1-3\ntype variable.b 4-5");
    assertThat(OutlineText.of("a.tf", "}}\nlocals {\n<<A\n")).isEqualTo("type locals 2-3");
  }
}
