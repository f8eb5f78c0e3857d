package sandbox

import (
	"net/http"
	"strings"
)

// uploadLimit is the largest upload, in bytes.
const uploadLimit = 10 << 20

// uploadOperations need an object storage, and refuse as Kaneo does where there is none.
func uploadOperations() []operation {
	file := shape{must("filename", text), must("contentType", text), must("size", number), must("surface", oneOf("description", "comment"))}
	return []operation{
		{method: put, path: "/api/task/image-upload/{id}", scope: oneTask, needs: "task:update", run: startUpload, body: file},
		{method: post, path: "/api/task/image-upload/{id}/finalize", scope: oneTask, needs: "task:update", run: finishUpload,
			body: append(shape{must("key", text)}, file...)},
		{method: get, path: "/api/asset/{id}", run: getAsset},
	}
}

type uploadInput struct {
	Filename, ContentType, Surface, Key string
	Size                                float64
}

// asset is an uploaded file that a task has.
type asset struct {
	ID     string
	Key    string // of the object
	TaskID string
	Name   string
	Type   string // as declared
}

type presigned struct {
	Key     string            `json:"key"`
	Address string            `json:"uploadUrl"`
	Headers map[string]string `json:"headers"`
}

func startUpload(k *Kaneo, c *call) (any, error) {
	in := input[uploadInput](c)
	switch {
	case in.Size <= 0:
		return nil, bad("Upload size must be greater than zero.")
	case in.Size > uploadLimit:
		return nil, bad("Upload exceeds the maximum upload size of 10MB.")
	case k.storage.origin == "":
		return nil, refuse(http.StatusServiceUnavailable, "S3 uploads are not configured. Set S3_ENDPOINT and S3_BUCKET "+
			"(and either both S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY, or neither to use the default AWS credential provider chain / IAM role).")
	}
	key := k.folderOf(c, in) + objectName(in.Filename, k.now())
	return presigned{key, k.storage.presign(key, in.ContentType, k.now()), map[string]string{"Content-Type": in.ContentType}}, nil
}

// folderOf is where a task's files for a surface are.
func (k *Kaneo) folderOf(c *call, in uploadInput) string {
	id := c.param("id")
	return "workspace/" + c.workspace + "/project/" + k.tasks.get(id).ProjectID + "/task/" + id + "/" + in.Surface + "s/"
}

// finishUpload does not look whether anything was uploaded, and may be repeated.
func finishUpload(k *Kaneo, c *call) (any, error) {
	in := input[uploadInput](c)
	if k.storage.origin == "" {
		return nil, errStumbled
	}
	if !strings.HasPrefix(in.Key, k.folderOf(c, in)) {
		return nil, bad("Image upload key does not match the task context.")
	}
	made := k.assets.first(func(a *asset) bool { return a.Key == in.Key })
	if made == nil {
		id := boardID()
		made = k.assets.put(id, &asset{ID: id, Key: in.Key, TaskID: c.param("id"), Name: in.Filename, Type: in.ContentType})
	}
	return struct {
		ID  string `json:"id"`
		URL string `json:"url"`
	}{made.ID, apiOrigin(c.Request) + "/api/asset/" + made.ID}, nil
}

func apiOrigin(r *http.Request) string {
	if r.TLS != nil || r.URL.Scheme == "https" {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// getAsset shows images and offers the rest for download, its type untold.
func getAsset(k *Kaneo, c *call) (any, error) {
	found := k.assets.get(c.param("id"))
	if found == nil {
		return nil, missing("Asset")
	}
	c.workspace = k.workspaceOfTask(found.TaskID)
	if err := k.admitMember(c); err != nil {
		return nil, err
	}
	data, there := k.storage.objects[found.Key]
	if !there {
		return nil, missing("Asset")
	}
	media, shown := "application/octet-stream", "attachment"
	if strings.HasPrefix(found.Type, "image/") && found.Type != "image/svg+xml" {
		media, shown = found.Type, "inline"
	}
	return typed(http.StatusOK, media, data).with("Content-Disposition", shown+disposition(found.Name)), nil
}
