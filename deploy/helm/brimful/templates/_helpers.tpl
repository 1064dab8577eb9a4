{{- define "brimful.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 40 | trimSuffix "-" }}
{{- else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "brimful.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "brimful.labels" -}}
{{ include "brimful.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "brimful.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "brimful.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}

{{- define "brimful.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{- define "brimful.kafkaArguments" -}}
- --kafka
- {{ required "kafka.bootstrap is empty: name the HOST:PORT of your Kafka" .Values.kafka.bootstrap | quote }}
- --topics
- {{ .Values.kafka.topics | quote }}
{{- if .Values.kafka.configSecret }}
- --kafka-config
- /etc/brimful/client.properties
{{- end }}
{{- end }}

{{- /* What a process that is slow, but works, must not be killed for is not asked: /health answers without the broker. */ -}}
{{- define "brimful.probes" -}}
startupProbe:
  httpGet: {path: /health, port: {{ . }}}
  periodSeconds: 2
  failureThreshold: 60
livenessProbe:
  httpGet: {path: /health, port: {{ . }}}
  periodSeconds: 15
  timeoutSeconds: 5
  failureThreshold: 4
{{- end }}

{{- define "brimful.readMounts" -}}
{{- if .Values.kafka.configSecret }}
- {name: kafka-config, mountPath: /etc/brimful, readOnly: true}
{{- end }}
{{- end }}

{{- /* The object store's variables are those of AWS's tools. */ -}}
{{- define "brimful.storeEnvironment" -}}
{{- with .Values.objectStore.endpoint }}
- {name: AWS_ENDPOINT_URL_S3, value: {{ . | quote }}}
{{- end }}
{{- with .Values.objectStore.region }}
- {name: AWS_REGION, value: {{ . | quote }}}
{{- end }}
{{- with .Values.objectStore.secret }}
- name: AWS_ACCESS_KEY_ID
  valueFrom: {secretKeyRef: {name: {{ . | quote }}, key: AWS_ACCESS_KEY_ID}}
- name: AWS_SECRET_ACCESS_KEY
  valueFrom: {secretKeyRef: {name: {{ . | quote }}, key: AWS_SECRET_ACCESS_KEY}}
{{- end }}
{{- end }}

{{- define "brimful.indexArguments" -}}
{{- with .Values.opensearch.url }}
- --index
- {{ printf "opensearch=%s" . | quote }}
{{- end }}
{{- end }}

{{- define "brimful.indexEnvironment" -}}
{{- with .Values.opensearch.secret }}
- name: BRIMFUL_OPENSEARCH_USER
  valueFrom: {secretKeyRef: {name: {{ . | quote }}, key: BRIMFUL_OPENSEARCH_USER}}
- name: BRIMFUL_OPENSEARCH_PASSWORD
  valueFrom: {secretKeyRef: {name: {{ . | quote }}, key: BRIMFUL_OPENSEARCH_PASSWORD}}
{{- end }}
{{- end }}

{{- define "brimful.sourceMounts" -}}
- {name: sources, mountPath: /sources, readOnly: true}
{{- end }}

{{- define "brimful.sharedVolumes" -}}
- name: sources
  {{- if .Values.sources.existingClaim }}
  persistentVolumeClaim: {claimName: {{ .Values.sources.existingClaim | quote }}, readOnly: true}
  {{- else }}
  emptyDir: {}
  {{- end }}
{{- if .Values.uploads.existingClaim }}
- name: uploads
  persistentVolumeClaim: {claimName: {{ .Values.uploads.existingClaim | quote }}}
{{- end }}
{{- if .Values.kafka.configSecret }}
- name: kafka-config
  secret: {secretName: {{ .Values.kafka.configSecret | quote }}, defaultMode: 0440}
{{- end }}
{{- end }}

{{- define "brimful.placement" -}}
{{- with .nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "brimful.pullSecrets" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
