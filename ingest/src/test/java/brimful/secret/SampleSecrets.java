package brimful.secret;

import brimful.testing.Drawn;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;

/// Draws a secret of each kind. They are made from templates, so that no file of ours contains one.
public final class SampleSecrets {
  /// A rule and what fits it: `[a-z0-9]{3}` are three characters of these, all else is itself. A
  /// blank separates what is before the secret.
  private static final String TEMPLATES =
      """
      aws-access-key-id AKIA[A-Z2-7]{16}
      aws-secret-access-key aws_secret_access_key= [A-Za-z0-9/+]{40}
      aws-session-token aws_session_token= [A-Za-z0-9/+]{300}
      aws-bedrock-key ABSK[A-Za-z0-9+/]{120}
      gcp-api-key AIza[A-Za-z0-9_-]{35}
      gcp-client-secret GOCSPX-[A-Za-z0-9_-]{28}
      gcp-access-token ya29.[A-Za-z0-9_-]{120}
      gcp-refresh-token 1//0[A-Za-z0-9_-]{90}
      gcp-private-key-id "private_key_id":~" [0-9a-f]{40}
      azure-storage-key AccountName=a;AccountKey= [A-Za-z0-9+/]{86}==
      azure-shared-access-key SharedAccessKey= [A-Za-z0-9+/]{43}=
      azure-sas-signature ?sv=2024&sig= [A-Za-z0-9]{43}%3D
      azure-client-secret [A-Za-z0-9]{3}8Q~[A-Za-z0-9]{34}
      azure-devops-token [A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}
      azure-ai-key [A-Za-z0-9]{52}JQQJ99[A-Za-z0-9]{26}
      alibaba-access-key-id LTAI[A-Za-z0-9]{20}
      tencent-secret-id AKID[A-Za-z0-9]{32}
      yandex-api-key AQVN[A-Za-z0-9_]{36}
      digitalocean-token dop_v1_[0-9a-f]{64}
      heroku-api-key heroku_api_key:~ [0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}
      cloudflare-origin-key v1.0-[0-9a-f]{24}-[0-9a-f]{146}
      cloudflare-api-token CLOUDFLARE_API_TOKEN= [A-Za-z0-9_]{40}
      flyio-token fo1_[A-Za-z0-9_-]{43}
      databricks-token dapi[0-9a-f]{32}
      planetscale-token pscale_tkn_[A-Za-z0-9_]{43}
      supabase-token sbp_[0-9a-f]{40}
      github-token ghp_[A-Za-z0-9]{36}
      github-fine-grained-token github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}
      gitlab-token glpat-[A-Za-z0-9_]{20}
      gitlab-runner-token GR1348941[A-Za-z0-9_]{20}
      bitbucket-app-password ATBB[A-Za-z0-9]{32}
      atlassian-api-token ATATT3[A-Za-z0-9_-]{186}
      npm-token npm_[A-Za-z0-9]{36}
      npm-auth-token //registry.npmjs.org/:_authToken= [A-Za-z0-9]{40}
      pypi-token pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{120}
      rubygems-token rubygems_[0-9a-f]{48}
      clojars-token CLOJARS_[0-9a-z]{60}
      docker-token dckr_pat_[A-Za-z0-9_-]{27}
      artifactory-key AKCp[A-Za-z0-9]{69}
      sourcegraph-token sgp_[0-9a-f]{40}
      buildkite-token bkua_[a-z0-9]{40}
      postman-key PMAK-[0-9a-f]{24}-[0-9a-f]{34}
      readme-key rdme_[a-z0-9]{70}
      openai-api-key sk-proj-[A-Za-z0-9_-]{120}
      anthropic-api-key sk-ant-api03-[A-Za-z0-9_-]{95}
      openai-session-key sess-[A-Za-z0-9]{40}
      openrouter-api-key sk-or-v1-[0-9a-f]{64}
      model-api-key sk-[0-9a-f]{32}
      huggingface-token hf_[A-Za-z]{34}
      langsmith-api-key lsv2_pt_[0-9a-f]{32}_[0-9a-f]{10}
      nvidia-api-key nvapi-[A-Za-z0-9_-]{64}
      pinecone-api-key pcsk_[A-Za-z0-9_]{70}
      groq-api-key gsk_[A-Za-z0-9]{52}
      perplexity-api-key pplx-[A-Za-z0-9]{48}
      xai-api-key xai-[A-Za-z0-9]{80}
      replicate-token r8_[A-Za-z0-9]{37}
      mistral-api-key MISTRAL_API_KEY= [A-Za-z0-9]{32}
      cohere-api-key cohere_api_key~=~" [A-Za-z0-9]{40}
      stripe-key sk_live_[A-Za-z0-9]{24}
      stripe-webhook-secret whsec_[A-Za-z0-9]{32}
      square-token sq0atp-[A-Za-z0-9_]{22}
      braintree-token access_token$production$[0-9a-z]{16}$[0-9a-f]{32}
      shopify-token shpat_[0-9a-f]{32}
      easypost-key EZAK[A-Za-z0-9]{54}
      shippo-token shippo_live_[0-9a-f]{40}
      slack-token xoxb-[0-9]{12}-[0-9]{12}-[A-Za-z0-9]{24}
      slack-app-token xapp-1-[A-Z0-9]{11}-[0-9]{13}-[0-9a-f]{64}
      slack-webhook https://hooks.slack.com/services/ T[A-Z0-9]{10}/B[A-Z0-9]{10}/[A-Za-z0-9]{24}
      discord-webhook https://discord.com/api/webhooks/[0-9]{18}/ [A-Za-z0-9_-]{68}
      discord-bot-token DISCORD_TOKEN= [A-Za-z0-9]{24}.[A-Za-z0-9]{6}.[A-Za-z0-9]{27}
      teams-webhook https://a.webhook.office.com/webhookb2/ [0-9a-f]{36}@[0-9a-f]{36}/IncomingWebhook/[0-9a-f]{32}/[0-9a-f]{36}
      telegram-bot-token https://api.telegram.org/bot [0-9]{9}:AA[A-Za-z0-9]{33}
      twilio-token twilio_auth_token:~" [0-9a-f]{32}
      sendgrid-key SG.[A-Za-z0-9_]{22}.[A-Za-z0-9_]{43}
      sendinblue-key xkeysib-[0-9a-f]{64}-[A-Za-z0-9]{16}
      mailgun-key key-[0-9a-f]{32}
      mailchimp-key [0-9a-f]{32}-us12
      vault-token hvs.[A-Za-z0-9_-]{90}
      terraform-token [A-Za-z0-9]{14}.atlasv1.[A-Za-z0-9_-]{67}
      pulumi-token pul-[0-9a-f]{40}
      doppler-token dp.pt.[A-Za-z0-9]{43}
      1password-token ops_eyJ[A-Za-z0-9+/]{300}
      prefect-key pnu_[a-z0-9]{36}
      tailscale-key tskey-auth-[A-Za-z0-9]{11}CNTRL-[A-Za-z0-9]{32}
      datadog-key DD_API_KEY= [0-9a-f]{32}
      newrelic-key NRAK-[A-Z0-9]{27}
      grafana-token glsa_[A-Za-z0-9]{32}_[0-9a-f]{8}
      sentry-token sntrys_[A-Za-z0-9+/]{100}
      dynatrace-token dt0c01.[A-Z0-9]{24}.[A-Z0-9]{64}
      okta-token okta_api_token:~" 00[A-Za-z0-9_-]{40}
      age-secret-key AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}
      linear-key lin_api_[A-Za-z0-9]{40}
      notion-token ntn_[A-Za-z0-9]{43}
      airtable-token pat[A-Za-z0-9]{14}.[0-9a-f]{64}
      figma-token figd_[A-Za-z0-9_-]{40}
      dropbox-token sl.[A-Za-z0-9_-]{140}
      facebook-token EAAG[A-Za-z0-9]{180}
      twitter-bearer-token AAAAAAAAAAAAAAAAAAAAAA[A-Za-z0-9]{90}
      typeform-token tfp_[A-Za-z0-9_-]{59}
      jwt eyJ[a-z0-9]{1}[A-Za-z0-9_-]{32}.eyJ[A-Za-z0-9_-]{100}.[A-Za-z0-9_-]{43}
      basic-authorization Authorization:~Basic~ [A-Za-z0-9]{32}==
      bearer-authorization Authorization:~Bearer~ [A-Za-z0-9._-]{40}
      docker-authorization "auth":~" [A-Za-z0-9+/]{30}==
      sql-password IDENTIFIED~BY~' [A-Za-z0-9]{20}
      go-sql-password app: [A-Za-z0-9]{14}
      oracle-password jdbc:oracle:thin:app/ [A-Za-z0-9]{14}
      sshpass-password sshpass~-p~ [A-Za-z0-9]{20}
      mysql-password mysql~-u~root~-p [A-Za-z]{10}7[A-Za-z0-9]{10}
      login-password docker~login~-u~me~-p~ [A-Za-z0-9]{20}
      encoded-private-key LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRV[A-Za-z0-9+/]{120}
      url-password postgres://admin: [A-Za-z0-9]{14}
      secret-assignment db_password~=~" [A-Za-z0-9]{40}
      """;

  private SampleSecrets() {}

  /// A drawn secret, and what stands before it so that it is one.
  public record Sample(String rule, String before, String secret) {
    /// Returns both, and what ends an address.
    public String text() {
      String after =
          switch (rule) {
            case "url-password", "oracle-password" -> "@db.internal/prod";
            case "go-sql-password" -> "@tcp(db.internal:3306)/prod";
            default -> "";
          };
      return before + secret + after;
    }
  }

  /// Returns one of each, by the rule that finds it.
  public static SequencedMap<String, Sample> all(Random random) {
    var samples = new LinkedHashMap<String, Sample>();
    TEMPLATES
        .lines()
        .map(line -> line.split(" "))
        .forEach(words -> {
          String before = words.length == 3 ? Drawn.text(words[1], random).replace('~', ' ') : "";
          samples.put(
              words[0], new Sample(words[0], before, Drawn.text(words[words.length - 1], random)));
        });
    samples.put("putty-private-key", putty(random));
    samples.put("private-key", privateKey(random, "RSA ", "\n"));
    return samples;
  }

  private static Sample putty(Random random) {
    String lines =
        (Drawn.text("[A-Za-z0-9+/]{64}", random) + "\n") + Drawn.text("[A-Za-z0-9+/]{40}", random);
    return new Sample("putty-private-key", "Private-Lines: 2\n", lines + "\n");
  }

  /// @param lineBreak between its lines
  public static Sample privateKey(Random random, String kind, String lineBreak) {
    var key = new StringBuilder("-----BEGIN " + kind + "PRIVATE KEY-----").append(lineBreak);
    for (int i = 0; i < 12; i++) {
      key.append(Drawn.text("[A-Za-z0-9+/]{64}", random)).append(lineBreak);
    }
    key.append(Drawn.text("[A-Za-z0-9+/]{10}==", random)).append(lineBreak);
    return new Sample("private-key", "", key + "-----END " + kind + "PRIVATE KEY-----");
  }

  /// Returns one of all kinds.
  public static Sample any(Random random) {
    Map<String, Sample> all = all(random);
    return all.values().stream().skip(random.nextInt(all.size())).findFirst().orElseThrow();
  }
}
